"""The posts of a live blog as a reader meets them at an instant: made from rows, put in order. No SQL here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pendulum import DateTime

from dateline.model import Dating, Order
from dateline.warehouse.dating_rows import dating_of, unlisted
from dateline.warehouse.metadata import sortable

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """One post of a live blog at an instant. ``position`` counts from 0 at the top."""

    position: int
    entry_id: str
    anchor: str | None
    headline: str | None
    text: str
    author: str | None
    published: Dating
    shown: Dating
    is_pinned: bool
    is_key_event: bool
    is_summary: bool
    is_on_page: bool

    @property
    def words(self) -> str:
        """Return what there is to read: the headline, then the text, a paragraph a line."""
        return "\n".join(filter(None, (self.headline, self.text)))


def numbered(entries: Iterable[EntrySeen]) -> list[EntrySeen]:
    """Count the positions anew, from 0 at the top."""
    return [replace(one, position=position) for position, one in enumerate(entries)]


def standing(posts: Iterable[EntrySeen]) -> list[EntrySeen]:
    """Leave one post for each entry of a page: what is pinned as well stands at two places, and is one post."""
    found: dict[str, EntrySeen] = {}
    for one in posts:
        twin = found.get(one.entry_id)
        found[one.entry_id] = replace(twin, is_pinned=True) if twin else one
    return list(found.values())


def on_page(row: Row) -> EntrySeen:
    """Make the post of a sighting: a row of what was stated, with its wording and its entry."""
    return _entry(
        row,
        published=unlisted(row["datings"]["published"]),
        shown=unlisted(row["datings"]["shown"]),
        is_pinned=row["is_pinned"],
        is_on_page=True,
    )


def off_page(row: Row) -> EntrySeen:
    """Make the post of an entry that no page shows just now: a row of the entry, with one wording of it."""
    return _entry(
        row, published=dating_of("published", row), shown=dating_of("shown", row), is_pinned=False, is_on_page=False
    )


def has_come(row: Row, at: DateTime) -> bool:
    """Say whether a post's claimed time has come."""
    claimed = claimed_at(row)
    return claimed is not None and claimed <= at


def claimed_at(row: Row) -> DateTime | None:
    """Return when an entry claims to be published: the latest that it can have been, where that is bounded."""
    claimed: DateTime | None = row["published_at"] or row["published_latest"] or row["first_seen_at"]
    return claimed


def in_order(entries: Iterable[EntrySeen], order: str) -> list[EntrySeen]:
    """Order by the posts' own times, in the direction of the page; newest first where it has none."""
    return sorted(entries, key=moment, reverse=order != Order.OLDEST_FIRST)


def moment(entry: EntrySeen) -> tuple[str, str]:
    """Return what posts are ordered by: their own time, as well as it is known, then their id."""
    known = entry.published.at or entry.published.earliest or entry.published.latest
    return (sortable(known) if known else "", entry.entry_id)


def _entry(row: Row, *, published: Dating, shown: Dating, is_pinned: bool, is_on_page: bool) -> EntrySeen:
    return EntrySeen(
        position=0,
        entry_id=row["entry_id"],
        anchor=row["anchor"],
        headline=row["headline"],
        text=row["body"],
        author=row["author"],
        published=published,
        shown=shown,
        is_pinned=is_pinned,
        is_key_event=row["is_key_event"],
        is_summary=row["is_summary"],
        is_on_page=is_on_page,
    )
