"""The origin of a document is judged from its own evidence, strongest first, with the reason."""

from datetime import UTC, datetime

import pytest

from dateline.model import Block, Document, Kind, Snapshot
from dateline.reading import read
from dateline.syndication import attribute
from newsroom.pages import copy_page
from newsroom.script import Timeline, load_coverage

BODY = "The ferry left Port Elva at dawn. Nobody at the harbour would say when it comes back."
OFFER = "See further with us. Try The Telegraph free for a month, with unlimited access to all of it."


def article(text=BODY, **values):
    return Document(**{"format": "topic_page", "kind": Kind.ARTICLE, "carrier": "Yahoo", "text": text, **values})


def name_of(document):
    origin = attribute(document)
    return origin.name if origin else None


def test_a_canonical_link_to_another_site_names_the_origin():
    copy = article(url="https://uk.news.yahoo.com/a.html", canonical_url="https://www.independent.co.uk/news/a.html")
    origin = attribute(copy)
    assert (origin.name, origin.confidence) == ("The Independent", 0.95)
    assert "independent.co.uk" in origin.reason


def test_a_canonical_link_to_an_unknown_site_names_that_site():
    copy = article(url="https://news.yahoo.com/a", canonical_url="https://www.elva-gazette.example/a")
    assert name_of(copy) == "elva-gazette.example"


def test_a_canonical_link_to_itself_says_nothing():
    assert name_of(article(url="https://news.yahoo.com/a?x=1", canonical_url="https://uk.news.yahoo.com/a")) is None


@pytest.mark.parametrize("place", ["text", "advert", "last block"])
def test_the_advert_of_a_house_at_the_end_names_it(place):
    documents = {
        "text": article(f"{BODY} {OFFER}"),
        "advert": article(credits={"advert": OFFER}),
        "last block": article("", kind=Kind.LIVE_BLOG, blocks=(Block(where="0", text=f"{BODY} {OFFER}"),)),
    }
    origin = attribute(documents[place])
    assert origin.name == "The Telegraph"
    assert "advert of The Telegraph" in origin.reason


def test_a_house_quoted_in_the_text_is_no_origin():
    quoted = (
        "An insider told The Economist that the ferry is old. The Telegraph has reported that it leaks. " + BODY * 12
    )
    assert name_of(article(quoted)) is None


def test_an_advert_in_the_middle_of_a_text_is_a_quotation():
    assert name_of(article(f"{OFFER} {BODY * 20}")) is None


def test_the_carriers_own_advert_says_nothing():
    assert name_of(article(f"{BODY} Get the Yahoo News app free and subscribe to our newsletter.")) is None


def test_the_credits_of_a_known_desk_name_the_house():
    signed = {"author": "Olena Example", "translator": "Artem Yakymyshyn", "editor": "Susan McDonald"}
    origin = attribute(article(credits=signed))
    assert origin.name == "Ukrainska Pravda"
    assert "Artem Yakymyshyn and Susan McDonald" in origin.reason
    assert origin.confidence >= 0.9


def test_the_habit_of_crediting_alone_goes_to_review():
    origin = attribute(article(credits={"author": "A B", "translator": "C D", "editor": "E F"}))
    assert origin.name == "Ukrainska Pravda"
    assert origin.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"PORT ELVA (Reuters) - {BODY}", "Reuters"),
        (f"PORT ELVA, Elvaland (AP) — {BODY}", "Associated Press"),
        (f"{BODY} This article originally appeared on The Guardian.", "The Guardian"),
        (f"{BODY} The post Ferry leaves appeared first on Kyiv Post.", "Kyiv Post"),
        (f"{BODY} Copyright 2024 The Associated Press. All rights reserved.", "Associated Press"),
        (f"{BODY}\nQuelle: dpa", "dpa"),
        (f"{BODY} (Photo: Reuters)", None),
        (f"{BODY} Credit: Reuters", None),
        ("", None),
    ],
)
def test_lines_that_name_a_house_are_read_and_photo_credits_are_not(text, name):
    assert name_of(article(text)) == name


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ({"source": "The Irish Times"}, "The Irish Times"),
        ({"source": "Elva Gazette"}, "Elva Gazette"),
        ({"source": "Yahoo News"}, None),
        ({"author": "Jane Doe, Associated Press"}, "Associated Press"),
        ({"author": "By Reuters"}, "Reuters"),
        ({"author": "Jane Doe"}, None),
        ({"photo": "Reuters"}, None),
    ],
)
def test_credits_name_the_house(stated, name):
    assert name_of(article(credits=stated)) == name


def test_a_publisher_that_credits_nobody_wrote_its_own():
    origin = attribute(article(carrier="New European"))
    assert origin.name == "The New European"
    assert "credits nobody else" in origin.reason


def test_an_unknown_carrier_proves_nothing():
    assert attribute(article(carrier="Elva Gazette")) is None


@pytest.mark.parametrize("key", ["provider", "source_organization", "copyright_holder", "based_on"])
def test_a_house_that_nobody_knows_is_named_by_what_the_page_tells_machines(key):
    origin = attribute(article(carrier="Meridian News", credits={key: "Harbour Courier"}))
    assert (origin.name, key.replace("_", " ") in origin.reason) == ("Harbour Courier", True)


@pytest.mark.parametrize("key", ["syndication_source", "original_source", "based_on"])
def test_a_link_to_the_original_names_its_site(key):
    there = "https://www.harbour-courier.example/storm"
    copy = article(url="https://meridian.example/storm", carrier="Meridian News", credits={key: there})
    origin = attribute(copy)
    assert (origin.name, there in origin.reason) == ("harbour-courier.example", True)
    assert name_of(article(url=there, carrier="Harbour Courier", credits={key: there})) is None


def test_a_company_that_owns_the_carrier_is_no_other_house():
    owned = article(carrier="Harbour Courier", credits={"copyright_holder": "Harbour Courier Media Limited"})
    assert name_of(owned) is None
    assert name_of(article(carrier="The Guardian", credits={"provider": "Guardian News & Media"})) == "The Guardian"


def test_an_advert_names_a_house_that_nobody_knows():
    offer = "Wake up to this coast. Try The Harbour Courier free for a month with unlimited access to our app and more."
    assert name_of(article(f"{BODY} {offer}", carrier="Meridian News")) == "The Harbour Courier"
    assert name_of(article(f"{BODY} {offer}", carrier="Harbour Courier")) is None
    assert name_of(article(f"{BODY} He said: Try The Soup free of charge.")) is None


@pytest.mark.parametrize("copy", load_coverage().copies, ids=lambda copy: copy.slug)
def test_copies_in_the_newsroom_name_who_wrote_them(copy):
    coverage, timeline = load_coverage(), Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC))
    page = copy_page(coverage, copy, timeline, "https://meridian.example").encode()
    origins = {reading.origin.name for reading in read(Snapshot(body=page, url=None, captured_at=None))}
    assert origins == {coverage.original(copy.of).publisher}
