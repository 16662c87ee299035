"""Two channels of one post whose words begin differently are matched by the time that both state."""

from dataclasses import replace

from dateline.extract.merge import merge
from dateline.extract.same_post import match
from dateline.model import Basis, Block, Clock, Document, Kind, Role

OPENING = "The harbour master has closed both gates and sent the pilots home for the night."


def block(text: str, at: str = "2026-03-14T18:41:00Z", anchor: str | None = None) -> Block:
    clock = Clock(role=Role.PUBLISHED, stated=at, basis=Basis.DOM)
    return Block(where="here", headline="Gates", text=text, clocks=(clock,), anchor=anchor)


def test_a_clock_before_the_text_does_not_make_a_second_post():
    assert match([block(f"6:41PM\n{OPENING}")], [block(OPENING, anchor="7101")]) == {0: 0}


def test_two_texts_of_one_minute_stay_two_posts():
    assert (
        match([block(f"6:41PM\n{OPENING}")], [block("Trains to the north run again from six o'clock, slowly.")]) == {}
    )


def test_another_time_keeps_them_apart():
    assert match([block(f"6:41PM\n{OPENING}")], [block(OPENING, at="2026-03-14T19:00:00Z", anchor="7101")]) == {}


def test_the_page_s_own_list_of_authors_is_no_word_on_who_wrote_a_post():
    update = replace(block(OPENING), author="Ada Holm, Tove Brandal")
    guest = replace(
        block("Trains to the north run again from six o'clock.", at="2026-03-14T19:00:00Z"), author="Ivo Lund"
    )
    stated = Document(
        format="schema_org", kind=Kind.LIVE_BLOG, blocks=(update, guest), credits={"author": "Ada Holm, Tove Brandal"}
    )
    shown = Document(
        format="any", kind=Kind.LIVE_BLOG, blocks=tuple(replace(one, author=None) for one in (update, guest))
    )
    assert [one.author for one in merge(shown, stated).blocks] == [None, "Ivo Lund"]
