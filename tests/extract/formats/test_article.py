import htmldate.extractors
import pytest

from dateline.extract.formats import article
from dateline.extract.page import Page
from dateline.model import Basis, Clock, Kind, Role, Snapshot
from dateline.source import ANY_SOURCE

HEAD = (
    '<html lang="en"><head><title>Bridge reopens | Gull News</title><meta property="og:site_name" content="Gull News">'
    '<meta property="article:published_time" content="2026-11-24T09:41:00Z"><meta name="author" content="M. Aalto">'
)
BODY = (
    "</head><body><nav><a href='/'>Home</a></nav><article><h1>Bridge over the Ilme reopens</h1>"
    "<p>The bridge over the river Ilme was opened on Friday after eight months of work, the council said.</p>"
    "<p>Cars, trams and some two hundred cyclists crossed it within the first hour of the afternoon.</p>"
    "<p>The old arches had been found to be unsafe in spring, when a flood took two of the piers away.</p></article>"
)
END = "</body></html>"


def read(body):
    return article.extract(Page(Snapshot(body=body.encode(), url="https://gullnews.example/bridge")), ANY_SOURCE)


def test_an_article_states_title_carrier_author_and_date():
    found = read(HEAD + BODY + END)
    assert (found.kind, found.title, found.carrier) == (Kind.ARTICLE, "Bridge over the Ilme reopens", "Gull News")
    assert found.credits == {"author": "M. Aalto"}
    assert found.clocks == (Clock(role=Role.PUBLISHED, stated="2026-11-24T09:41:00Z", basis=Basis.DOM),)


def test_its_text_is_its_paragraphs_without_the_title():
    lines = read(HEAD + BODY + END).text.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("The bridge over")


def test_a_live_blog_is_never_given_to_trafilatura():
    script = '<script type="application/ld+json">{"@type":["LiveBlogPosting"],"headline":"Live"}</script>'
    assert read(HEAD + script + BODY + END) is None


def test_a_page_beyond_two_megabytes_is_read_without_trafilatura():
    more = "<p>Another sentence about the bridge over the river Ilme stands here.</p>" * 40_000
    assert read(HEAD + BODY.replace("</article>", more + "</article>") + END).text.count("\n") > 10_000


@pytest.mark.parametrize("body", ["", "{}", "plain text", "<html><body></body></html>"])
def test_what_holds_no_article_is_left_alone(body):
    assert read(body) is None


def test_a_notice_of_two_short_lines_starts_no_child(monkeypatch):
    def started(*_given):
        raise AssertionError("a child was started")

    monkeypatch.setattr(article, "confined", started)
    assert read("<html><body><h1>Sorry</h1><p>Something went wrong. Try again later.</p></body></html>") is None


def test_a_short_page_with_a_sentence_is_read():
    said = "The bridge over the river Ilme is open again."
    assert read(f"<html><body><article><p>{said}</p></article></body></html>").text == said


def test_a_day_in_the_text_is_not_the_articles():
    assert (
        read("<html><head><title>Bridge</title></head>" + BODY.replace("on Friday", "on 12 March 2026") + END).clocks
        == ()
    )
    dated = BODY.replace("<p>The bridge", '<p class="date">12 March 2026</p><p>The bridge')
    (clock,) = read("<html><head><title>Bridge</title></head>" + dated + END).clocks
    assert (clock.stated, clock.basis) == ("2026-03-12", Basis.PAGE_DATE)


def test_no_page_makes_a_date_library_try_every_language(monkeypatch):
    def refuse(*_):
        raise AssertionError("asked every language for a date")

    monkeypatch.setattr(htmldate.extractors, "_external_date", refuse)
    hours = "<p>Mon-Sat 11am - 2:30pm</p><p>Mon-Thu 5pm - 9:30pm</p><p>Fri-Sat 5pm - 10:00pm</p></article>"
    body = BODY.replace("</article>", hours)
    assert "Mon-Sat" in read("<html><head><title>Bridge</title></head>" + body + END).text
