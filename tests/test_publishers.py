"""The table of known publishers is consistent, and finds houses by address and by name."""

from zoneinfo import ZoneInfo

import pytest

from dateline.publishers import PublisherRole, publisher_named, publisher_of, publishers


def test_every_row_has_a_real_zone_and_unique_domains():
    domains = [domain for one in publishers() for domain in one.domains]
    assert len(domains) == len(set(domains))
    for one in publishers():
        ZoneInfo(one.zone)
        assert one.domains, one.name


def test_a_name_finds_its_own_house_even_where_another_uses_it_as_an_alias():
    assert all(publisher_named(one.name) is one for one in publishers())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://uk.news.yahoo.com/a.html", "Yahoo"),
        ("https://www.telegraph.co.uk/world/", "The Telegraph"),
        ("https://timesofindia.indiatimes.com/x", "The Times of India"),
        ("https://nottelegraph.co.uk/", None),
        ("https://telegraph.co.uk.evil.example/", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_belongs_to_the_house_of_its_longest_domain(url, name):
    found = publisher_of(url)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("name", ["the telegraph", "TELEGRAPH", " Daily  Telegraph ", "telegraph.co.uk"])
def test_a_house_is_known_by_its_other_names(name):
    assert publisher_named(name).name == "The Telegraph"


def test_aggregators_are_told_from_those_who_write():
    assert publisher_named("Yahoo News").role is PublisherRole.AGGREGATOR
    assert publisher_named("AP").role is PublisherRole.AGENCY
    assert publisher_named("nobody we know") is None
