"""Fields of the JSON that live-blog systems answer with: what is asked for, or None; never another type."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.errors import ExtractError
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.page import Page
from dateline.extract.text import fragment, line, paragraphs, plain
from dateline.model import Basis, Clock, Embed, Role

MAX_STATED = 64
"""Characters of a stated time that are read."""

Fields = Mapping[str, Any]


def json_of(page: Page) -> Any:
    """Return the body as JSON, or None where it is something else or broken."""
    if page.looks_like != "json":
        return None
    try:
        return page.json
    except ExtractError:
        return None


def fields(value: Any, *path: str) -> Fields:
    """Follow keys down to an object; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: Any, *path: str) -> Sequence[Fields]:
    """Follow keys down to a list and return its objects; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_field(value: Fields, *names: str) -> str | None:
    """Return the first of these fields that holds text or a number, as text."""
    for name in names:
        stated = value.get(name)
        if isinstance(stated, str) and stated.strip():
            return stated.strip()
        if isinstance(stated, int | float) and not isinstance(stated, bool):
            return str(int(stated)) if float(stated).is_integer() else str(stated)
    return None


def flag(value: Fields, *names: str) -> bool:
    """Say whether one of these fields is true, in any of the ways in which systems write that."""
    return any(value.get(name) in (True, 1, "1", "true", "True", "yes") for name in names)


def clocks_in(value: Fields, roles: Iterable[tuple[Role, Sequence[str]]], zone: str | None = None) -> tuple[Clock, ...]:
    """Return a clock for each role of which one of the named fields states a time.

    A change at the very moment of publication is none.
    """
    return tuple(_clocks(value, roles, zone))


def _clocks(value: Fields, roles: Iterable[tuple[Role, Sequence[str]]], zone: str | None) -> Iterator[Clock]:
    seen: dict[Role, str] = {}
    for role, names in roles:
        stated = text_field(value, *names)
        if stated is None or len(stated) > MAX_STATED or role in seen:
            continue
        if role is Role.MODIFIED and stated == seen.get(Role.PUBLISHED):
            continue
        seen[role] = stated
        yield Clock(role=role, stated=stated, basis=Basis.API, zone=zone)


def markup(stated: str | None, without: str = CAPTIONS) -> tuple[str, tuple[Embed, ...]]:
    """Return the text and the embeds of a body that may be plain text or HTML."""
    if not stated:
        return "", ()
    if "<" not in stated:
        return plain(stated), ()
    root = fragment(stated)
    return paragraphs(root, without), embeds_of(root)


def names_in(people: Any) -> str | None:
    """Return the names of one or more people, joined by commas."""
    found: list[str] = []
    for one in people if isinstance(people, list) else [people]:
        stated = (
            text_field(one, "name", "display_name", "displayName", "byline", "fullName")
            if isinstance(one, dict)
            else one
        )
        name = line(stated) if isinstance(stated, str) else None
        if name and name not in found:
            found.append(name)
    return ", ".join(found) or None
