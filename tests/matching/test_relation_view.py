"""The view ``syndications`` and the module ``relate`` say the same of every pair."""

import random

from sqlalchemy import text

from dateline.model import Kind
from dateline.syndication.relate import Pair, is_template, relation
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.print_tables import fct_syndications
from dateline.warehouse.rows import insert_missing
from matching.stored import document_rows, filled, put_rows

SHARES = (0.0, 0.2, 0.3, 0.31, 0.5, 0.79, 0.8, 0.85, 0.9, 0.94, 0.95, 1.0)
KINDS = (Kind.ARTICLE, Kind.LIVE_BLOG)


def a_link(number, chance):
    copy, origin = chance.choice(SHARES), chance.choice(SHARES)
    day = chance.randrange(3)
    return {
        "link_id": f"link-{number}",
        "level": "document",
        "copy_document_id": f"copy-{number}",
        "origin_document_id": f"origin-{number % 40}",
        "share_of_copy": copy,
        "share_of_origin": origin,
        "score": max(copy, origin),
        "longest_run": chance.choice((10, 29, 30, 39, 40, 59, 60, 99, 100, 300)),
        "words": chance.choice((12, 39, 40, 199, 200)),
        "figures_agree": chance.choice((None, 0.0, 0.49, 0.5, 0.69, 0.7, 1.0)),
        "titles_agree": chance.choice((None, 0.0, 0.49, 0.5, 1.0)),
        "days_apart": chance.choice((None, 0.0, 3.0, 3.1, 40.0)),
        "copy_day": chance.choice((None, day)),
        "origin_day": chance.choice((None, day, day + 2, day + 5)),
        "is_refuted": False,
        "is_same_carrier": False,
        "confidence": 0.5,
    }


def recurrence(links, document_id):
    days = set()
    for link in links:
        sides = ("copy", "origin")
        for mine, theirs in (sides, sides[::-1]):
            own, other = link[f"{mine}_day"], link[f"{theirs}_day"]
            if link[f"{mine}_document_id"] == document_id and None not in {own, other} and abs(own - other) >= 2:
                days.add(other)
    return len(days)


def test_the_view_names_every_pair_as_the_module_does(shelf):
    chance = random.Random(4)  # noqa: S311 - numbers to try, no secret
    links = [a_link(number, chance) for number in range(400)]
    names = {link[side] for link in links for side in ("copy_document_id", "origin_document_id")}
    kinds = {name: chance.choice(KINDS) for name in sorted(names)}

    def work(connection):
        for name, kind in kinds.items():
            put_rows(connection, document_rows(name, kind=kind))
        insert_missing(connection, fct_syndications, [filled(fct_syndications, link) for link in links])

    write_in(shelf.engine, work)
    with reading_from(shelf.engine) as connection:
        rows = connection.execute(text("select * from syndications")).mappings().all()
    said = {row["link_id"]: (row["relation"], bool(row["is_template"])) for row in rows}
    assert len(said) == len(links)
    for link in links:
        sides = (link["copy_document_id"], link["origin_document_id"])
        pair = Pair(
            share_of_copy=link["share_of_copy"],
            share_of_origin=link["share_of_origin"],
            longest_run=link["longest_run"],
            words=link["words"],
            figures_agree=link["figures_agree"],
            titles_agree=link["titles_agree"],
            days_apart=link["days_apart"],
            recurs_on_days=max(recurrence(links, side) for side in sides),
        )
        is_live = Kind.LIVE_BLOG in {kinds[side] for side in sides}
        expected = relation(pair.share_of_copy, pair.share_of_origin, is_live=is_live)
        assert said[link["link_id"]] == (str(expected), is_template(pair)), link
