"""Hubs: found where a feed offers one and nowhere else; asked, renewed and left in time; believed only where signed."""

import hashlib
import hmac
import json
from dataclasses import replace

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fetch.hub import Hub, hub_in, is_signed
from dateline.fetch.subscription import LEASE_SECONDS, Mode, Subscription, confirmed, ended, form, refused, steps
from dateline.model import Snapshot

URL = "https://meridian.example/feed"
HUB = Hub(url="https://hub.example/?a=1&b=2", topic="https://meridian.example/all.xml")
NOW = pendulum.datetime(2026, 3, 14, 9)
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<link rel="self" href="/all.xml"/><link rel="hub" href="https://hub.example/?a=1&amp;b=2"/>
<entry><title>Tide</title><link rel="hub" href="https://guest.example/"/></entry></feed>"""
RSS = """<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><title>News</title>
<a10:link href="/all.xml" rel="self"/><a10:link rel="hub" href="https://hub.example/?a=1&amp;b=2"/>
<item><title>Tide</title></item></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "feed_url": "/all.xml",
"items": [{"id": "1", "title": "Tide", "hubs": [{"type": "WebSub", "url": "https://guest.example/"}]}],
"hubs": [{"type": "rssCloud", "url": "https://cloud.example/"}, 7,
 {"type": "WebSub", "url": "https://hub.example/?a=1&b=2"}]}"""
BARE = '<rss version="2.0"><channel><title>News</title></channel></rss>'
LINKS = ("Link", '<https://hub.example/?a=1&b=2>; rel="hub", </all.xml>; rel="self"')


def page(body=BARE, *headers):
    return Snapshot(body=body.encode(), url=URL, headers=headers)


@pytest.mark.parametrize(
    "snapshot", [page(ATOM), page(RSS), page(JSON), page("\ufeff" + JSON), page(BARE, LINKS), page("{}", LINKS)]
)
def test_a_hub_is_found_in_the_headers_and_where_each_kind_of_feed_has_it(snapshot):
    assert hub_in(snapshot) == HUB


def test_what_the_headers_say_comes_first():
    moved = ("Link", "<https://other.example/>; rel=hub")
    assert hub_in(page(ATOM, moved)) == replace(HUB, url="https://other.example/")


@pytest.mark.parametrize(
    "body",
    [
        BARE,
        ATOM.replace('<link rel="self" href="/all.xml"/>', ""),
        ATOM.replace("https://hub.example/?a=1&amp;b=2", "file:///etc/hostname"),
        ATOM.replace("https://hub.example/?a=1&amp;b=2", "https://user:word@hub.example/"),
        ATOM.replace('xmlns="http://www.w3.org/2005/Atom"', ""),
        ATOM.replace('<link rel="hub" href="https://hub.example/?a=1&amp;b=2"/>', ""),  # a guest's link is left
        RSS.replace("<a10:link rel", "<!-- <a10:link rel").replace("<item>", "--><item>"),
        JSON.replace("feed_url", "home_page_url"),
        JSON.replace("jsonfeed.org", "other.example"),
        JSON.replace('"hubs": [{"type": "rssCloud"', '"stalls": [{"type": "rssCloud"'),  # a guest's hub is left
        JSON.replace('"type": "WebSub", "url": "https://hub', '"type": "rssCloud", "url": "https://hub'),
        JSON.replace("https://hub.example/?a=1&b=2", "file:///etc/hostname"),
        JSON.replace('"https://hub.example/?a=1&b=2"', '["https://hub.example/"]'),
        JSON[:-1],
        "<feed",
        "",
        "\x00\xff{}",
    ],
)
def test_anything_else_is_no_hub(body):
    assert hub_in(page(body)) is None


@given(st.binary(max_size=400))
def test_no_body_breaks_the_search(body):
    hub_in(Snapshot(body=body, url=URL))


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
)


@given(
    st.lists(st.fixed_dictionaries({}, optional={"type": st.just("WebSub") | _ANYTHING, "url": _ANYTHING}) | _ANYTHING)
)
def test_no_hubs_of_a_json_feed_break_the_search(hubs):
    feed = {"version": "https://jsonfeed.org/version/1.1", "feed_url": "/all.xml", "hubs": hubs}
    hub_in(page(json.dumps(feed)))


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_proves_the_body_it_was_made_of(method):
    digest = hmac.new(b"quiet", b"news", method).hexdigest()
    assert is_signed(b"news", f"{method}={digest}", "quiet")
    assert is_signed(b"news", f"{method.upper()}={digest.upper()}", "quiet")
    assert not is_signed(b"other news", f"{method}={digest}", "quiet")
    assert not is_signed(b"news", f"{method}={digest}", "loud")


@pytest.mark.parametrize("stated", [None, "", "sha256", "sha256=", "md5=" + hashlib.md5(b"").hexdigest(), "sha1=é"])  # noqa: S324 - refused
def test_what_is_no_signature_proves_nothing(stated):
    assert not is_signed(b"news", stated, "quiet")


def fresh(hub=HUB):
    return Subscription(
        subscription_id="token", source_id="meridian", hub=hub.url, topic=hub.topic, secret="quiet", asked_at=NOW
    )


def modes(known, offered, now):
    return [(one.mode, one.subscription.hub) for one in steps(known, offered, now, fresh)]


def test_a_feed_that_offers_a_hub_is_subscribed_to_at_once_and_one_without_is_not():
    assert modes(None, HUB, NOW) == [(Mode.SUBSCRIBE, HUB.url)]
    assert modes(None, None, NOW) == []


def test_a_hub_that_does_not_confirm_is_asked_again_more_and_more_rarely():
    asked, now, waits = fresh(), NOW, []
    while len(waits) < 10:
        now = now.add(minutes=30)
        for step in steps(asked, HUB, now, fresh):
            waits.append((now - asked.asked_at).in_hours())
            asked = step.subscription
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 168, 168]


def test_a_lease_is_renewed_when_two_thirds_of_it_are_over():
    live = confirmed(fresh(), "86400", NOW)
    assert modes(live, HUB, NOW.add(hours=15)) == []
    assert modes(live, HUB, NOW.add(hours=16)) == [(Mode.SUBSCRIBE, HUB.url)]
    assert live.is_live(NOW.add(hours=23))
    assert not live.is_live(NOW.add(hours=25))


def test_a_hub_that_is_offered_no_more_is_left_and_another_one_joined():
    live, other = confirmed(fresh(), None, NOW), Hub(url="https://other.example/", topic=HUB.topic)
    assert modes(live, None, NOW) == [(Mode.UNSUBSCRIBE, HUB.url)]
    assert modes(live, other, NOW) == [(Mode.UNSUBSCRIBE, HUB.url), (Mode.SUBSCRIBE, other.url)]


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("600", 600),
        ("1", 300),
        ("999999999", 90 * 86_400),
        ("-5", LEASE_SECONDS),
        ("9" * 30, LEASE_SECONDS),
        ("٣٣", LEASE_SECONDS),
        (None, LEASE_SECONDS),
    ],
)
def test_a_stated_lease_is_held_within_reason(stated, seconds):
    assert (confirmed(fresh(), stated, NOW).expires_at - NOW).in_seconds() == seconds


def test_a_refused_or_ended_subscription_is_not_live():
    live = confirmed(fresh(), None, NOW)
    assert not refused(live, "no").is_live(NOW)
    assert not ended(live, NOW, "over").is_live(NOW)


def test_the_form_is_the_standards_and_only_a_subscription_tells_the_secret():
    subscribe, unsubscribe = (
        dict(form(step, "https://us.example/token"))
        for known, offered in ((None, HUB), (fresh(), None))
        for step in steps(known, offered, NOW, fresh)
    )
    assert subscribe["hub.mode"] == "subscribe"
    assert (subscribe["hub.topic"], subscribe["hub.callback"]) == (HUB.topic, "https://us.example/token")
    assert subscribe["hub.secret"] == "quiet"
    assert unsubscribe["hub.mode"] == "unsubscribe"
    assert "hub.secret" not in unsubscribe
    assert "quiet" not in repr(fresh())
