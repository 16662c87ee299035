"""Known publishers, read from ``publishers.toml`` beside this file: names, addresses, roles, clocks.

The table is knowledge, not configuration: an unknown publisher is read just as well, only its role,
its newsroom's zone and its other names are then not known.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

_TABLE = Path(__file__).with_name("publishers.toml")


class PublisherRole(StrEnum):
    """What a house does with text: writes its own, writes for others, or carries others."""

    PUBLISHER = "publisher"
    AGENCY = "agency"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One known house. ``desk`` holds people who sign translations and edits for it alone."""

    name: str
    role: PublisherRole
    domains: tuple[str, ...]
    zone: str  # IANA name of the newsroom's clock
    language: str  # BCP 47
    aliases: tuple[str, ...] = ()
    adverts: tuple[str, ...] = ()  # short openings of its own adverts, lower case
    credit_form: tuple[str, ...] = ()  # the credit keys that close its articles
    desk: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its own first."""
        return (self.name, *self.aliases)


@cache
def publishers() -> tuple[Publisher, ...]:
    """Return every known publisher, in the table's order."""
    stated = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["publishers"]
    return tuple(_publisher(one) for one in stated)


def publisher_of(url: str | None) -> Publisher | None:
    """Name the house that an address belongs to; the longest matching domain wins.

    >>> publisher_of("https://uk.news.yahoo.com/some-story.html").name
    'Yahoo'
    """
    labels = _host(url).split(".")
    domains = _by_domain()
    return next((domains[end] for end in (".".join(labels[n:]) for n in range(len(labels))) if end in domains), None)


def publisher_named(name: str | None) -> Publisher | None:
    """Find a house by its name, an alias or its domain, whatever the case and a leading "the".

    >>> publisher_named("the daily telegraph").name
    'The Telegraph'
    """
    return _by_name().get(_plain(name)) if name else None


def house_name(name: str | None) -> str | None:
    """Return the name that a house goes by here; an unknown one keeps its own.

    >>> house_name("New European")
    'The New European'
    """
    known = publisher_named(name)
    return known.name if known else name


@cache
def _by_domain() -> Mapping[str, Publisher]:
    return MappingProxyType({domain: one for one in publishers() for domain in one.domains})


@cache
def _by_name() -> Mapping[str, Publisher]:
    # Own names are entered last: where one house's alias is another's name, the name wins.
    found = {_plain(alias): one for one in publishers() for alias in (*one.aliases, *one.domains)}
    found.update({_plain(one.name): one for one in publishers()})
    return MappingProxyType(found)


def _plain(name: str) -> str:
    return " ".join(name.casefold().removeprefix("www.").split()).removeprefix("the ")


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:  # a broken address belongs to nobody
        return ""


def _publisher(stated: Mapping[str, object]) -> Publisher:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in stated.items()}
    values["role"] = PublisherRole(str(values["role"]))
    return Publisher(**values)  # type: ignore[arg-type]  # the table's keys are the fields; a test reads every row
