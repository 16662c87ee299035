"""A page in a line: each row is an entry, its clocks written as ``role: words``."""

from collections.abc import Callable, Sequence

import pytest
from pendulum import DateTime

from dateline.dating import date
from dateline.model import Basis, Block, Clock, DateHeading, Document, Kind, Reading, Role


def clocks_of(row: dict[str, str]) -> tuple[Clock, ...]:
    """Turn ``{"published dom": "20:42", "shown": "9:43PM"}`` into clocks; the basis is text where none is named."""
    return tuple(
        Clock(role=Role(key.split()[0]), stated=stated, basis=Basis([*key.split(), "text-clock"][1]))
        for key, stated in row.items()
        if key.split()[0] in set(Role)
    )


def block_of(number: int, row: dict[str, str]) -> Block:
    return Block(
        where=f"entry {number}",
        anchor=row.get("id"),
        is_pinned="pinned" in row,
        is_summary="summary" in row,
        clocks=clocks_of(row),
    )


@pytest.fixture
def read() -> Callable[..., Reading]:
    """Date a page: rows from top to bottom, what the page says of itself, and its date headings by position."""

    def dated(
        rows: Sequence[dict[str, str]],
        *,
        own: dict[str, str] | None = None,
        headings: dict[int, str] | None = None,
        captured_at: DateTime | None = None,
        zone: str | None = None,
        **document,
    ) -> Reading:
        page = Document(
            format="any",
            kind=Kind.LIVE_BLOG,
            blocks=tuple(block_of(number, row) for number, row in enumerate(rows)),
            clocks=clocks_of(own or {}),
            headings=tuple(DateHeading(position=place, stated=said) for place, said in (headings or {}).items()),
            **document,
        )
        return date(page, captured_at=captured_at, zone=zone)[0]

    return dated
