"""The scripts that the known answers are worked out from, and the register of what judges each question's answer."""

from dataclasses import replace
from datetime import timedelta

import pendulum

from asked import COVERAGE, EVERY, TIMELINE
from dateline.warehouse.metadata import sortable
from fabricate import DAY
from newsroom.record import instants
from newsroom.script import everything, offset_of

END = TIMELINE.instant(timedelta(hours=40))
STORM, TRAM = COVERAGE.story("storm-ottilie"), COVERAGE.story("tram-vote")
STORIES = (STORM, TRAM)
SIGHTS = tuple(instants(COVERAGE, TIMELINE, EVERY))
ANSWERS = {}


def answers(judge):
    """Register what judges the answer to the question of the same name."""
    ANSWERS[judge.__name__] = judge
    return judge


def at(minutes):
    return sortable(DAY.add(minutes=minutes))


def iso(instant):
    return sortable(pendulum.instance(instant))


def instant_of(change):
    return TIMELINE.instant(offset_of(change["at"]))


def posts(story, *, with_deleted=False):
    """The posts in the end, each with the time that was stated first: a later one never replaces a good time."""
    first = {one["id"]: instant_of(one) for one in story.posts}
    in_the_end = [replace(one, published=first[one.anchor]) for one in everything(story, TIMELINE, END)]
    return [one for one in in_the_end if with_deleted or not one.is_deleted]


def changes(*actions):
    return [(story, one) for story in STORIES for one in story.changes if one["action"] in actions]


def first_sight(instant):
    return next(one for one in SIGHTS if one >= instant)


def live(rows, name="document_title"):
    """Keep what is told of the two live blogs by their own publishers, and of the ferry."""
    titles = {(one.title, one.publisher) for one in STORIES} | {("Ferry safe", "Harbour Courier")}
    return [one for one in rows if (one[name], one["carrier"]) in titles]


NOON = timedelta(hours=6, minutes=5)
