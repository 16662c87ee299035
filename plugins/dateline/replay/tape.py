"""The whole life of a live blog, look by look: what every player and every stream is made from.

A tape holds an instant for each time that the blog changed, on one of the two axes. At each the posts are those
that :func:`~dateline.replay.as_of.as_of` gives for that instant; a test holds the two to each other. On the axis of
what was seen a change happened between two captures: after the last that showed it undone (``earliest``) and at the
latest at the instant itself.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, select

from dateline.replay.as_of import Axis, document_row, is_front, pages_of
from dateline.replay.changes import Change, changes_between
from dateline.replay.posts import EntrySeen, Row, claimed_at, in_order, off_page, on_page, standing
from dateline.warehouse.document_tables import dim_publishers
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import EventKind, fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.reading_tables import dim_statements, dim_wordings, fct_editions, fct_readings, fct_sightings
from dateline.warehouse.rows import in_portions

WORDS = (dim_wordings.c.headline, dim_wordings.c.body, dim_wordings.c.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A live blog from one instant on: its posts from the top, and what changed since the look before."""

    at: DateTime
    earliest: DateTime | None
    posts: tuple[EntrySeen, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """A live blog's looks in the order of time; the first one shows how we met it, if it was ever seen."""

    document_id: str
    axis: Axis
    title: str | None
    url: str | None
    publisher: str | None
    language: str | None
    looks: tuple[Look, ...]

    @property
    def changes(self) -> int:
        """Count what happened on it."""
        return sum(len(one.changes) for one in self.looks)

    def index_at(self, at: DateTime) -> int:
        """Return the number of the look that an instant lies in; -1 before the first."""
        return bisect_right(self.looks, at, key=lambda one: one.at) - 1

    def posts_at(self, at: DateTime) -> tuple[EntrySeen, ...]:
        """Return the posts at an instant."""
        number = self.index_at(at)
        return self.looks[number].posts if number >= 0 else ()


def tape_of(
    engine: Engine,
    document_id: str,
    *,
    axis: Axis = Axis.SEEN,
    since: DateTime | None = None,
    until: DateTime | None = None,
) -> Tape:
    """Return the life of a live blog in [since, until]; the first look then shows how it stood at ``since``.

    Raises :class:`~dateline.errors.ReplayError` for a document that the warehouse does not have.
    """
    with reading_from(engine) as connection:
        document = document_row(connection, document_id)
        named = select(dim_publishers.c.name).where(dim_publishers.c.publisher_id == document["carrier_id"])
        publisher = connection.execute(named).scalar()
        past = _Past.of(connection, document)
        pages = _seen_pages(connection, past) if axis is Axis.SEEN else _published_pages(past)
        looks = tuple(_looks(_within(pages, since, until), past.gone_by))
    return Tape(
        document_id=document_id,
        axis=axis,
        title=document["title"],
        url=document["canonical_url"] or document["url"],
        publisher=publisher,
        language=document["language"],
        looks=looks,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The posts at an instant, and the last capture before it."""

    at: DateTime
    earliest: DateTime | None
    posts: Sequence[EntrySeen]


@dataclass(slots=True, kw_only=True)
class _Past:
    """What the tables say of a document's entries over time."""

    document: Row
    entries: dict[str, Row]
    versions: list[Row]
    events: list[Row]
    _gone: list[tuple[DateTime, frozenset[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, connection: Connection, document: Row) -> "_Past":
        document_id = document["document_id"]
        entries = select(fct_entries).where(fct_entries.c.document_id == document_id)
        versions = (
            select(fct_entry_versions, *WORDS)
            .join(dim_wordings, dim_wordings.c.wording_id == fct_entry_versions.c.wording_id)
            .where(fct_entry_versions.c.document_id == document_id)
            .order_by(fct_entry_versions.c.entry_id, fct_entry_versions.c.number)
        )
        events = fct_entry_events.c
        happened = (
            select(events.entry_id, events.kind, events.latest_at)
            .where(events.document_id == document_id, events.latest_at.is_not(None))
            .order_by(events.latest_at, events.event_id)
        )
        past = cls(
            document=document,
            entries={row["entry_id"]: row for row in _rows(connection, entries)},
            versions=_rows(connection, versions),
            events=_rows(connection, happened),
        )
        past._gone = list(past._departures())
        return past

    def gone_by(self, at: DateTime) -> frozenset[str]:
        """Return the entries that are deleted at an instant."""
        number = bisect_right(self._gone, at, key=lambda one: one[0]) - 1
        return self._gone[number][1] if number >= 0 else frozenset()

    def _departures(self) -> Iterator[tuple[DateTime, frozenset[str]]]:
        gone: set[str] = set()
        for row in self.events:
            if row["kind"] in {EventKind.DELETED, EventKind.RESTORED}:
                (gone.add if row["kind"] == EventKind.DELETED else gone.discard)(row["entry_id"])
                yield row["latest_at"], frozenset(gone)

    def off_page(self, version: Row) -> EntrySeen:
        """Make the post of a version that no page shows just now."""
        return off_page({**self.entries[version["entry_id"]], **{name: version[name] for name in _WORD_NAMES}})


_WORD_NAMES = ("headline", "body", "author")


def _looks(pages: Iterable[_Page], gone_by: Callable[[DateTime], frozenset[str]]) -> Iterator[Look]:
    """Keep the pages that differ from the one before, each with what changed."""
    before: Sequence[EntrySeen] = ()
    known: set[str] = set()
    for number, page in enumerate(pages):
        changes = changes_between(before, page.posts, gone=gone_by(page.at), known=known)
        if number == 0 or changes or _places(before) != _places(page.posts):
            yield Look(at=page.at, earliest=page.earliest, posts=tuple(page.posts), changes=changes)
        before = page.posts
        known |= {one.entry_id for one in page.posts}


def _places(posts: Iterable[EntrySeen]) -> list[tuple[str, bool]]:
    """Say which posts stand there, in their order, and which of them on the page itself."""
    return [(one.entry_id, one.is_on_page) for one in posts]


def _within(pages: Iterable[_Page], since: DateTime | None, until: DateTime | None) -> Iterator[_Page]:
    """Cut to a span; what stood when it opens is its first page."""
    open_with: _Page | None = None
    for page in pages:
        if until is not None and page.at > until:
            break
        if since is not None and page.at <= since:
            open_with = replace(page, at=since)
            continue
        if open_with is not None:
            yield open_with
            open_with = None
        yield page
    if open_with is not None:
        yield open_with


def _seen_pages(connection: Connection, past: _Past) -> Iterator[_Page]:
    """Yield what readers saw at each capture at which anything may have changed."""
    captures = list(_captures(connection, past.document))
    faces = _faces(connection, {one["edition_id"] for one in captures})
    beyond = _Beyond(past)
    shown: str | None = None
    earliest: DateTime | None = None
    for capture in captures:
        at, edition_id = capture["captured_at"], capture["edition_id"]
        has_news = beyond.turn_to(at)
        if has_news or shown != edition_id:
            there = faces.get(edition_id, [])
            is_whole = capture["is_complete"] and not past.document["is_rolling"]
            yield _Page(at=at, earliest=earliest, posts=there if is_whole else there + beyond.besides(there))
        shown, earliest = edition_id, at


class _Beyond:
    """The posts known so far, for the pages that show only a part; turned forward from instant to instant."""

    def __init__(self, past: _Past) -> None:
        self._past = past
        dated = [one for one in past.versions if one["first_seen_at"] is not None]
        self._coming = sorted(dated, key=lambda one: (one["first_seen_at"], one["number"]))
        self._taken = 0
        self._known: dict[str, tuple[int, EntrySeen]] = {}
        self._gone: frozenset[str] = frozenset()

    def turn_to(self, at: DateTime) -> bool:
        """Take in what has come by an instant; say whether anything has."""
        before = self._taken
        while self._taken < len(self._coming) and self._coming[self._taken]["first_seen_at"] <= at:
            version = self._coming[self._taken]
            self._known[version["entry_id"]] = (version["number"], self._past.off_page(version))
            self._taken += 1
        gone = self._past.gone_by(at)
        has_news = self._taken > before or gone != self._gone
        self._gone = gone
        return has_news

    def besides(self, there: Sequence[EntrySeen]) -> list[EntrySeen]:
        """Return, in order, the posts that are neither on the page nor gone."""
        hidden = self._gone | {one.entry_id for one in there}
        found = [post for entry_id, (_, post) in self._known.items() if entry_id not in hidden]
        return in_order(found, self._past.document["entry_order"])


def _captures(connection: Connection, document: Row) -> Iterator[Row]:
    """Yield each instant of capture with the page that readers met then: the newest front page, else the newest."""
    wanted = pages_of(
        document,
        fct_editions.c.edition_id,
        fct_editions.c.is_complete,
        fct_readings.c.captured_at,
        is_front().label("is_front"),
    ).order_by(fct_readings.c.captured_at, fct_readings.c.snapshot_id, fct_readings.c.place)
    current: Row | None = None
    for at, pages in groupby(_rows(connection, wanted), key=lambda one: one["captured_at"]):
        for page in pages:  # of several pages of one instant, the last one counts
            if page["is_front"] or current is None or not current["is_front"]:
                current = page
        yield {**(current or {}), "captured_at": at}


def _faces(connection: Connection, edition_ids: set[str]) -> dict[str, list[EntrySeen]]:
    """Return the posts of each edition, in page order; a post that is stated alike is one value."""
    sightings: list[Row] = []
    for portion in in_portions(edition_ids):
        wanted = select(fct_sightings).where(
            fct_sightings.c.edition_id.in_(portion), fct_sightings.c.entry_id.is_not(None)
        )
        sightings += _rows(connection, wanted.order_by(fct_sightings.c.edition_id, fct_sightings.c.position))
    statements: dict[str, Row] = {}
    for portion in in_portions({one["statement_id"] for one in sightings}):
        wanted = select(dim_statements, *WORDS).join(
            dim_wordings, dim_wordings.c.wording_id == dim_statements.c.wording_id
        )
        rows = _rows(connection, wanted.where(dim_statements.c.statement_id.in_(portion)))
        statements |= {row["statement_id"]: row for row in rows if not row["is_deleted"]}
    posts: dict[tuple[str, str], EntrySeen] = {}
    faces: dict[str, list[EntrySeen]] = defaultdict(list)
    for one in sightings:
        key = (one["statement_id"], one["entry_id"])
        if key not in posts and one["statement_id"] in statements:
            posts[key] = on_page({**statements[one["statement_id"]], "entry_id": one["entry_id"]})
        if key in posts:
            faces[one["edition_id"]].append(posts[key])
    return {edition_id: standing(there) for edition_id, there in faces.items()}


def _published_pages(past: _Past) -> Iterator[_Page]:
    """Yield what stood, by the publisher's own times, at each instant at which anything may have changed."""
    spells = _by_entry(past)
    come = {entry_id: claimed_at(row) for entry_id, row in past.entries.items()}
    pins = (EventKind.PINNED, EventKind.UNPINNED)
    pinned = [one for one in past.events if one["kind"] in pins]
    instants = {at for ways in spells.values() for at, _ in ways} | {one for one in come.values() if one}
    instants |= {
        one["latest_at"] for one in past.events if one["kind"] in {*pins, EventKind.DELETED, EventKind.RESTORED}
    }
    turned = 0
    is_pinned: set[str] = set()
    for at in sorted(instants):
        while turned < len(pinned) and pinned[turned]["latest_at"] <= at:
            event = pinned[turned]
            (is_pinned.add if event["kind"] == EventKind.PINNED else is_pinned.discard)(event["entry_id"])
            turned += 1
        gone = past.gone_by(at)
        there = []
        for entry_id, ways in spells.items():
            claimed = come[entry_id]
            post = next((post for since, post in ways if since <= at), None)
            if post and claimed and claimed <= at and entry_id not in gone:
                there.append(replace(post, is_pinned=True) if entry_id in is_pinned else post)
        yield _Page(at=at, earliest=None, posts=sorted(there, key=lambda one: not one.is_pinned))


def _by_entry(past: _Past) -> dict[str, list[tuple[DateTime, EntrySeen]]]:
    """Return each entry's wordings, the newest version first, each with the instant from which it counts.

    The entries come in the order of their own times, which no version changes: sorted once, not at every instant.
    """
    found: dict[str, list[tuple[DateTime, EntrySeen]]] = defaultdict(list)
    for version in reversed(past.versions):
        since = version["claimed_at"] or version["first_seen_at"]
        if since is not None:
            found[version["entry_id"]].append((since, replace(past.off_page(version), is_on_page=True)))
    newest = in_order((ways[0][1] for ways in found.values()), past.document["entry_order"])
    return {one.entry_id: found[one.entry_id] for one in newest}


def _rows(connection: Connection, statement: Any) -> list[Row]:
    return [dict(one) for one in connection.execute(statement).mappings()]
