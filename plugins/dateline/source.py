"""A source: one watched address or drop folder, declared in one TOML file whose name is its id."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.errors import SourceError

SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class SourceKind(StrEnum):
    """What stands at the address."""

    FEED = "feed"
    LIVE_PAGE = "live_page"
    TOPIC_PAGE = "topic_page"
    ARTICLE = "article"
    SITEMAP = "sitemap"
    API = "api"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which reader reads this source's captures up to a day: a replay reads old pages as of then."""

    format: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """The range that a healthy answer lies in; outside it the source is reported, not stopped."""

    min_entries: int | None = None
    max_entries: int | None = None
    max_age_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One watched address and how to read it. ``source_id`` is the name of its file.

    Intervals are seconds. ``zone`` is an IANA name: what clocks without a zone are in.
    """

    source_id: str
    url: str | None = None
    kind: SourceKind = SourceKind.LIVE_PAGE
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    zone: str | None = None
    format: str | None = None
    interval: int = 60
    is_enabled: bool = True
    allow_private: bool = False
    keep_days: int | None = None  # captures older than this are erased, archive and warehouse alike
    follow: bool = False  # start following the live blogs that this feed or topic page names
    layouts: tuple[Layout, ...] = ()
    expect: Expect = field(default_factory=Expect)

    def format_at(self, day: date | None) -> str | None:
        """Name the reader to use for a capture of that day, or None to recognise it."""
        for layout in sorted(self.layouts, key=lambda one: one.until or date.max):
            if layout.until is None or (day is not None and day <= layout.until):
                return layout.format
        return self.format


ANY_SOURCE = Source(source_id="any")
"""Stands for captures that no declared source fetched."""


def load_sources(folder: Path) -> list[Source]:
    """Read the sound source files of a folder, by name: a bad one never stops the others (:func:`faults_in`)."""
    return [one for one in _each(folder) if isinstance(one, Source)]


def faults_in(folder: Path) -> list[SourceError]:
    """Return what is wrong with each source file that cannot be used."""
    return [one for one in _each(folder) if isinstance(one, SourceError)]


def require_sound(folder: Path) -> None:
    """Raise one :class:`SourceError` that names every bad file, if there is any."""
    faults = faults_in(folder)
    if faults:
        raise SourceError(f"{len(faults)} source files cannot be used: " + " ".join(str(one) for one in faults))


def _each(folder: Path) -> Iterator[Source | SourceError]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield load_source(path)
        except SourceError as error:
            yield error


def load_source(path: Path) -> Source:
    """Read one source file; each key is known and of its type, or the error names it."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: not readable as TOML: {error}. Mend the file.") from error
    if not SOURCE_ID.fullmatch(path.stem):
        raise SourceError(
            f"{path}: {path.stem!r} is no source id. Name the file with lower-case letters, digits and hyphens."
        )
    try:
        return _source(path.stem, stated)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def _source(source_id: str, stated: Mapping[str, Any]) -> Source:
    values = _checked(stated, Source, skip={"source_id"})
    if "kind" in values:
        values["kind"] = _kind(values["kind"])
    if "expect" in values:
        values["expect"] = Expect(**_checked(values["expect"], Expect))
    if "layouts" in values:
        values["layouts"] = tuple(Layout(**_checked(one, Layout)) for one in values["layouts"])
    source = Source(source_id=source_id, **values)
    _check_address(source)
    _check_zone(source.zone)
    if source.interval < 1:
        raise SourceError(f"interval = {source.interval}: seconds between polls, 1 or more.")
    if source.keep_days is not None and source.keep_days < 1:
        raise SourceError(f"keep_days = {source.keep_days}: days after which captures are erased, 1 or more.")
    return source


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "interval": int,
    "keep_days": int,
    "is_enabled": bool,
    "allow_private": bool,
    "follow": bool,
    "layouts": list,
    "expect": dict,
    "until": date,
    "min_entries": int,
    "max_entries": int,
    "max_age_hours": int,
}


def _checked(stated: Mapping[str, Any], into: type, skip: Iterable[str] = ()) -> dict[str, Any]:
    """Keep the keys that ``into`` knows; refuse any other, and any value of another type."""
    known = [one.name for one in fields(into) if one.name not in set(skip)]
    for key, value in stated.items():
        if key not in known:
            raise SourceError(f"unknown key {key!r}. Known keys: {', '.join(known)}.")
        wanted = _TYPES.get(key, str)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            name = wanted.__name__ if isinstance(wanted, type) else str(wanted)
            raise SourceError(f"{key} = {value!r}: expected {name}, found {type(value).__name__}.")
    return dict(stated)


def _kind(stated: str) -> SourceKind:
    try:
        return SourceKind(stated)
    except ValueError as error:
        raise SourceError(f"kind = {stated!r}: one of {', '.join(SourceKind)}.") from error


def _check_address(source: Source) -> None:
    if not source.url:
        raise SourceError("url is missing: the address (or for a drop folder its path) to watch.")
    if source.kind is not SourceKind.DROP and urlsplit(source.url).scheme not in {"http", "https"}:
        raise SourceError(f"url = {source.url!r}: only http and https addresses are fetched.")


def _check_zone(zone: str | None) -> None:
    if zone is None:
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(f"zone = {zone!r}: not an IANA zone name such as 'Europe/London'.") from error
