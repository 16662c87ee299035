"""One dating as six columns, and as a JSON list: how times go into rows and come back out."""

import re
from collections.abc import Mapping
from typing import Any

from dateline.model import UNKNOWN_TIME, Basis, Dating, Precision
from dateline.warehouse.columns import DATING_PARTS
from dateline.warehouse.metadata import moment_of, sortable

Listed = list[str | None]
MOMENTS = ("created", "published", "modified", "shown")

_PRECISIONS = {one.value: one for one in Precision}
_BASES = {one.value: one for one in Basis}


def dating_row(moment: str, dating: Dating) -> dict[str, Any]:
    """Spread a dating over its six columns."""
    if dating is UNKNOWN_TIME:
        return _UNKNOWN_ROWS[moment]
    return _dating_row(moment, dating)


def _dating_row(moment: str, dating: Dating) -> dict[str, Any]:
    basis = str(dating.basis) if dating.basis else None
    values = (dating.at, dating.earliest, dating.latest, str(dating.precision), basis, scrubbed(dating.stated))
    return dict(zip(_NAMES[moment], values, strict=True))


def dating_of(moment: str, row: Mapping[str, Any]) -> Dating:
    """Gather a dating from its six columns."""
    at, earliest, latest, precision, basis, stated = (row[f"{moment}_{part}"] for part in DATING_PARTS)
    return Dating(
        at=at,
        earliest=earliest,
        latest=latest,
        precision=_PRECISIONS[precision],
        basis=_BASES[basis] if basis else None,
        stated=stated,
    )


def listed(dating: Dating) -> Listed | None:
    """Write a dating as a list for JSON; None for a time of which nothing is known."""
    if dating == UNKNOWN_TIME:
        return None
    moments = [sortable(one) if one else None for one in (dating.at, dating.earliest, dating.latest)]
    return [*moments, str(dating.precision), str(dating.basis) if dating.basis else None, scrubbed(dating.stated)]


def unlisted(written: Listed | None) -> Dating:
    """Read back what :func:`listed` wrote."""
    if written is None:
        return UNKNOWN_TIME
    at, earliest, latest, precision, basis, stated = written
    return Dating(
        at=moment_of(at) if at else None,
        earliest=moment_of(earliest) if earliest else None,
        latest=moment_of(latest) if latest else None,
        precision=_PRECISIONS[precision or ""],
        basis=_BASES[basis] if basis else None,
        stated=stated,
    )


def scrubbed(text: str | None) -> str | None:
    """Take out what a database refuses to store: NUL, and halves of surrogate pairs."""
    return None if text is None else scrub(text)


def scrub(text: str) -> str:
    """Take out NUL, and turn halves of surrogate pairs into U+FFFD.

    >>> scrub("a" + chr(0) + "b") == "ab"
    True
    """
    return text if text.isascii() and "\0" not in text else _HALVES.sub("\ufffd", text.replace("\0", ""))


_NAMES = {one: tuple(f"{one}_{part}" for part in DATING_PARTS) for one in MOMENTS}
_UNKNOWN_ROWS = {one: _dating_row(one, UNKNOWN_TIME) for one in MOMENTS}

_HALVES = re.compile("[\ud800-\udfff]")
