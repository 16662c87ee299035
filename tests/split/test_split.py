"""A document that is a flattened copy becomes a live blog; every other document stays what it is."""

import pytest

from dateline.model import Basis, Block, Clock, Document, Kind, Order, Role
from dateline.split import split


def document(text: str, **more) -> Document:
    return Document(format="copy", kind=Kind.ARTICLE, title="Storm Hedda", text=text, **more)


def test_a_copy_with_clocks_becomes_a_live_blog(render, coverage):
    copy = render("telegraph on yahoo", lead="A storm has hit the coast.")
    found = split(document(copy.text))
    assert found.kind is Kind.LIVE_BLOG
    assert (found.lead, found.text) == ("A storm has hit the coast.", "")
    assert [block.headline for block in found.blocks] == [one["headline"] for one in coverage]
    assert found.blocks[0].clocks == (Clock(role=Role.PUBLISHED, stated="11:05 PM GMT", basis=Basis.TEXT_CLOCK),)
    assert [block.text for block in found.blocks] == ["\n".join(one["paragraphs"]) for one in coverage]


def test_blocks_say_where_in_the_text_they_stand(rendered):
    places = [block.where for block in split(document(rendered.text)).blocks]
    assert places == [f"offset {start}" for start in rendered.starts]


def test_places_hold_even_where_furniture_was_taken_out(render):
    copy = render("telegraph on yahoo", lead="Advertisement\nFollow the latest updates below.\n\nA storm has hit us.")
    found = split(document(copy.text))
    assert [block.where for block in found.blocks] == [f"offset {start}" for start in copy.starts]
    assert found.lead == "A storm has hit us."
    assert found.credits["notice"] == "Follow the latest updates below."


def test_a_copy_without_clocks_becomes_a_live_blog(one_line):
    found = split(document(one_line + " Try The Gull free for 1 month with unlimited access."))
    assert found.kind is Kind.LIVE_BLOG
    assert found.order is Order.NEWEST_FIRST
    assert found.credits["advert"] == "Try The Gull free for 1 month with unlimited access."
    assert "Try The Gull" not in found.blocks[-1].text
    assert all(block.boundary_probability is not None and not block.clocks for block in found.blocks)


def test_a_picture_inside_an_entry_becomes_an_embed(render, coverage):
    first = {**coverage[0], "paragraphs": ["The quay under water. Photograph: Ada Finch/Reuters", "The wall is gone."]}
    copy = render("telegraph on yahoo", [first, *coverage[1:]])
    block = split(document(copy.text)).blocks[0]
    assert block.text == "The wall is gone."
    assert [(one.kind, one.text, one.author) for one in block.embeds] == [
        ("image", "The quay under water.", None),
        ("image", None, "Ada Finch/Reuters"),
    ]


def test_a_line_that_states_a_day_becomes_a_heading(render, coverage):
    first = render("telegraph on yahoo", coverage[:5])
    both = render("telegraph on yahoo", coverage[5:], lead=first.text + "\n\nMonday 3 March 2025")
    (heading,) = split(document(both.text)).headings
    assert (heading.position, heading.stated) == (5, "Monday 3 March 2025")


def test_an_article_keeps_its_text_but_not_its_furniture():
    text = "The wall fell. [BANNER1] Nobody was hurt. Author: Ada Finch Editing: Bram Oakes"
    found = split(document(text, credits={"source": "The Gull"}))
    assert (found.kind, found.text, found.blocks) == (Kind.ARTICLE, "The wall fell. Nobody was hurt.", ())
    assert found.credits == {
        "source": "The Gull",
        "banner": "[BANNER1]",
        "author": "Ada Finch",
        "editor": "Bram Oakes",
    }


@pytest.mark.parametrize(
    "untouched",
    [
        Document(format="telegraph", kind=Kind.LIVE_BLOG, blocks=(Block(where="div", text="[BANNER1]"),)),
        Document(format="feed", kind=Kind.FEED, text="[BANNER1]", items=(Document(format="feed", kind=Kind.ARTICLE),)),
        Document(format="article", kind=Kind.ARTICLE),
    ],
    ids=["blocks", "items", "no text"],
)
def test_any_other_document_comes_back_unchanged(untouched):
    assert split(untouched) is untouched


def test_splitting_twice_changes_nothing_more(rendered):
    once = split(document(rendered.text))
    assert split(once) is once
