import pytest

from dateline.errors import ExtractError
from dateline.extract.formats import copy
from dateline.extract.page import Page
from dateline.model import Kind, Snapshot
from dateline.source import ANY_SOURCE


def read(body):
    body = body.encode() if isinstance(body, str) else body
    return copy.extract(Page(Snapshot(body=body)), ANY_SOURCE)


def test_a_flattened_copy_keeps_its_text():
    text = "11:01 PM GMT\nCrowds leave\nThe last ferries are gone.\n10:40 PM GMT\nLights out\nThe pier is dark."
    found = read(text)
    assert (found.kind, found.title, found.text, found.blocks) == (Kind.ARTICLE, None, text, ())


def test_the_first_line_is_the_title_where_it_is_the_only_headline():
    found = read("Harbour closes for winter\n\nThe harbour closes today.\nIt opens in spring.\n")
    assert (found.title, found.text) == ("Harbour closes for winter", "The harbour closes today.\nIt opens in spring.")


def test_headlines_of_posts_are_no_title():
    text = "Crowds leave the pier\nThe last ferries are gone.\nLights go out\nThe pier is dark."
    assert (read(text).title, read(text).text) == (None, text)


def test_markup_json_and_nothing_are_left_alone():
    assert [read(body) for body in ("<html><body><p>x</p></body></html>", "{}", "", "  \n")] == [None] * 4


def test_binary_rubbish_is_refused():
    with pytest.raises(ExtractError, match="not text"):
        read(bytes(range(1, 9)) * 50)
