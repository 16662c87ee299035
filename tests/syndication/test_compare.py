"""A person sees what two texts share, and nothing in the texts can act on the page or the terminal."""

import base64
import hashlib
import re

from rich.console import Console

from dateline.syndication.compare import compare, to_html, to_terminal

STORY = "The ferry left Port Elva at dawn with ninety people aboard and a cargo of salt for the northern villages."
COPY = "Reported here first: " + STORY.replace("a cargo of salt", "many sacks of flour") + " More soon."


def test_the_pieces_of_each_side_are_the_whole_text():
    comparison = compare(COPY, STORY)
    assert "".join(piece.text for piece in comparison.one) == COPY
    assert "".join(piece.text for piece in comparison.other) == STORY


def test_a_shared_passage_has_one_number_on_both_sides():
    comparison = compare(COPY, STORY)
    left = {piece.passage: piece.text for piece in comparison.one if piece.passage is not None}
    right = {piece.passage: piece.text for piece in comparison.other if piece.passage is not None}
    assert left == right
    assert next(iter(left.values())).startswith("The ferry left Port Elva")


def test_passages_that_moved_keep_their_partner():
    first, second = "one two three four five six seven eight nine", "red green blue white black brown pink grey gold"
    comparison = compare(f"{first}. {second}.", f"{second}. {first}.")
    assert [piece.passage for piece in comparison.one if piece.passage is not None] == [0, 1]
    assert [piece.passage for piece in comparison.other if piece.passage is not None] == [1, 0]


def test_strangers_are_not_linked_and_nothing_is_marked():
    comparison = compare(STORY, "Wholly different words stand on this side of the page, and nothing is shared by them.")
    assert comparison.relation is None
    assert [piece.passage for piece in comparison.one] == [None]


def test_empty_texts_compare():
    assert compare("", "").overlap.shared == 0
    assert compare("", STORY).one == ()


def test_markup_in_a_text_stays_text():
    page = to_html(compare(f"<script>alert(1)</script> {STORY}", STORY), ("<b>one</b>", "two"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<b>one" not in page


def test_a_page_allows_its_own_style_and_nothing_else():
    page = to_html(compare(COPY, STORY))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert f"style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in page
    assert "unsafe-inline" not in page
    assert 'name="viewport"' in page


def test_escapes_in_a_text_never_reach_the_terminal():
    console = Console(record=True, width=100, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(to_terminal(compare(f"\x1b[31m{STORY}\x9b2J [bold]not markup[/bold]", STORY), ("\x1b[2J", "two")))
    shown = console.export_text()
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "[bold]not" in shown
