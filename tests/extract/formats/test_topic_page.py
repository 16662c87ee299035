from dateline.extract.formats import topic_page
from dateline.extract.page import Page
from dateline.model import Basis, Kind, Snapshot
from dateline.source import ANY_SOURCE

TEXT = """Latest news with #GreatHarbourFire
Wire Café
6 days ago
- Business
- Wire Café
Will the piers last until spring?
They may not, the harbour master said. Photo: Archive A second sentence.


The Harbour Post
21-05-2026
- Politics
- The Harbour Post
Council has been outplayed
The council met on Tuesday 20-05-2026 and
took two hours.
Wire Café
16-05-2026
- Wire Café
No category here
Text."""


def read(body, url=None):
    return topic_page.extract(Page(Snapshot(body=body.encode(), url=url)), ANY_SOURCE)


def test_the_text_form_gives_its_items_in_page_order():
    found = read(TEXT)
    assert (found.kind, found.title) == (Kind.TOPIC_PAGE, "Latest news with #GreatHarbourFire")
    assert [(one.carrier, one.title) for one in found.items] == [
        ("Wire Café", "Will the piers last until spring?"),
        ("The Harbour Post", "Council has been outplayed"),
        ("Wire Café", "No category here"),
    ]
    assert [one.categories for one in found.items] == [("Business",), ("Politics",), ()]


def test_dates_are_kept_as_stated():
    clocks = [one.clocks[0] for one in read(TEXT).items]
    assert [(one.stated, one.basis) for one in clocks] == [
        ("6 days ago", Basis.RELATIVE),
        ("21-05-2026", Basis.PAGE_DATE),
        ("16-05-2026", Basis.PAGE_DATE),
    ]


def test_the_body_stays_literal():
    first, second, _ = read(TEXT).items
    assert first.text == "They may not, the harbour master said. Photo: Archive A second sentence."
    assert second.text == "The council met on Tuesday 20-05-2026 and\ntook two hours."


def test_the_html_form_gives_the_same_items_with_their_addresses():
    cards = "".join(
        f"<article><div><b>{carrier}</b></div><div><time>{date}</time></div><ul><li>Politics</li><li>{carrier}</li></ul>"
        f"<h2><a href='https://wire.example/{n}'>Headline {n}</a></h2><p>Body {n}.</p></article>"
        for n, (carrier, date) in enumerate([("Wire Café", "3 hours ago"), ("The Harbour Post", "21-05-2026")])
    )
    body = f"<html><body><nav><li>Wire Café</li></nav><main><h1>#Harbour</h1>{cards}</main></body></html>"
    found = read(body, url="https://topics.example/harbour")
    assert [(one.title, one.url, one.text) for one in found.items] == [
        ("Headline 0", "https://wire.example/0", "Body 0."),
        ("Headline 1", "https://wire.example/1", "Body 1."),
    ]
    assert found.items[0].categories == ("Politics",)


def test_an_article_or_a_copy_is_no_topic_page():
    assert read("A headline\nOn 21-05-2026\nthe council met.\n- First point\n- Second point\nEnd.") is None
    assert read("09:41 PM\nHeadline\nBody of the post.\n08:12 PM\nSecond\nBody.") is None
    assert read("<html><body><article><h1>A</h1><p>B</p></article></body></html>") is None
