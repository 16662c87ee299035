"""The dates that a feed or one of its items states, in its own words.

A date stands in whatever element its publisher chose: ``pubDate``, ``dc:date``, ``published``,
``updated``, ``a:updated``, ``wp:lastPublished``, ``prism:publicationDate`` … and in any wording. The
stated text is kept, never feedparser's reading of it. Beside the usual elements, every one counts whose
name speaks of a date and whose text could be one. A date in the address is taken only where nothing else is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.model import Basis, Clock, Role

MAX_STATED_DATE = 64

_DATE_NAME = re.compile(r"_\w*(?:date|time|published|updated|modified|issued|created)(?:raw|gmt|utc)?$")
_COULD_BE_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[:.]\d\d|^\d{10}(?:\d{3})?$")
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=/|-|$)")


def clocks_of(part: Mapping[str, Any], version: str) -> tuple[Clock, ...]:
    """Return the dates of a feed or item; ``version`` is feedparser's name of the syntax.

    Where nothing but a change is dated, as in many an Atom entry, that is also the date that readers are shown.
    """
    stated: dict[Role, str] = {}
    values = dict(part.items())  # a plain dict: feedparser's own fills a missing key from another one
    for role, text in _all_stated(values, is_atom=version.startswith("atom")):
        stated.setdefault(role, text)
    modified = stated.get(Role.MODIFIED)
    if modified is not None and modified == stated.get(Role.PUBLISHED):
        del stated[Role.MODIFIED]
    elif modified is not None and Role.PUBLISHED not in stated:
        stated[Role.SHOWN] = modified
    return tuple(Clock(role=role, stated=text, basis=Basis.FEED) for role, text in stated.items())


def clock_in_address(url: str | None) -> tuple[Clock, ...]:
    """Return the day that stands in an address such as ``/2026/11/24/river-crests``, or nothing."""
    found = _DATE_IN_PATH.search(url or "")
    return (Clock(role=Role.PUBLISHED, stated="/".join(found.groups()), basis=Basis.PAGE_DATE),) if found else ()


def _all_stated(values: Mapping[str, Any], *, is_atom: bool) -> Iterator[tuple[Role, str]]:
    """Yield the usual elements first. ``dc:date``, the date of an RSS item, comes to us as "updated"."""
    published = _short(values.get("published"))
    updated = _short(values.get("updated"))
    if published:
        yield Role.PUBLISHED, published
    if updated and not (published and values.get("published_parsed") == values.get("updated_parsed") is not None):
        yield Role.MODIFIED if is_atom or published else Role.PUBLISHED, updated
    for name in ["created", *(name for name in values if _DATE_NAME.search(name))]:
        text = _short(values.get(name))
        if text and (_COULD_BE_DATE.search(text) or name == "created"):
            yield _role_of(name), text


def _short(value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= MAX_STATED_DATE else None


def _role_of(name: str) -> Role:
    if "updat" in name or "modif" in name:
        return Role.MODIFIED
    return Role.CREATED if "creat" in name else Role.PUBLISHED
