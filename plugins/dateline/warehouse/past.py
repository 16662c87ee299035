"""The values that a document's history is told in: what pages said, and what has become of each entry.

No SQL and no clock here. A :class:`Showing` goes in, a :class:`DocumentState` comes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pendulum import DateTime

from dateline.model import UNKNOWN_TIME, Dating, Kind, Order
from dateline.warehouse.entry_tables import EventKind, Proof
from dateline.warehouse.metadata import sortable


def rank_of(kind: Kind, *, is_item: bool) -> int:
    """Rank what a document was read as: its own page outranks an item of a feed.

    A live blog outranks the same address read as an article (a page whose posts had not loaded).
    """
    return 2 * (not is_item) + (kind is Kind.LIVE_BLOG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One post as one page stated it, judged. ``text`` is headline and body, for comparing."""

    statement_id: str
    wording_id: str
    text: str
    anchor: str | None = None
    created: Dating = UNKNOWN_TIME
    published: Dating = UNKNOWN_TIME
    modified: Dating = UNKNOWN_TIME
    shown: Dating = UNKNOWN_TIME
    is_pinned: bool = False
    is_key_event: bool = False
    is_summary: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an edition says of the document as a whole."""

    format: str
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    credits: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    carrier: str | None = None
    origin: str | None = None
    origin_reason: str | None = None
    origin_confidence: float | None = None
    coverage_start: str | None = None
    coverage_end: str | None = None
    published: Dating = UNKNOWN_TIME
    modified: Dating = UNKNOWN_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One face of a document: what it says of itself, which part it shows, and its posts in page order."""

    edition_id: str
    document_id: str
    kind: Kind
    order: Order
    facts: Facts
    statements: tuple[Statement, ...]
    is_item: bool = False
    is_complete: bool = False
    shows: str | None = None
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    is_cut: bool = False
    refused: int = 0

    @property
    def rank(self) -> int:
        """Say how good a source of entries this is."""
        return rank_of(self.kind, is_item=self.is_item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """An edition, and the snapshot that showed it. ``captured_at`` is None where nobody recorded it."""

    snapshot_id: str
    place: int
    captured_at: DateTime | None
    edition: Edition

    @property
    def order_key(self) -> tuple[str, str, int]:
        """Sort by observation; captures of unknown time come first, where they can prove least."""
        return order_key(self.captured_at, self.snapshot_id, self.place)


def order_key(captured_at: DateTime | None, snapshot_id: str, place: int) -> tuple[str, str, int]:
    """Sort showings by observation."""
    return (sortable(captured_at) if captured_at else "", snapshot_id, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is known of an edition that was shown before: its entries, and when it was first shown.

    ``shown_at`` is None where nobody recorded that capture's time.
    """

    entry_ids: tuple[str | None, ...]
    shown_at: DateTime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One spell of one wording of an entry. ``last_seen_at`` is None while it is on the newest page."""

    version_id: str
    entry_id: str
    number: int
    wording_id: str
    claimed_at: DateTime | None
    unseen_at: DateTime | None
    first_seen_at: DateTime | None
    first_snapshot_id: str
    last_seen_at: DateTime | None = None
    last_snapshot_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change of one entry, and the captures that bound when it happened."""

    event_id: str
    entry_id: str
    kind: EventKind
    earliest_at: DateTime | None
    latest_at: DateTime | None
    before_snapshot_id: str | None
    after_snapshot_id: str
    proof_snapshot_id: str | None = None
    before_version_id: str | None = None
    after_version_id: str | None = None
    before_stated: str | None = None
    after_stated: str | None = None
    claimed_at: DateTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """An entry as its history stands. ``last_snapshot_id`` is None while it is on the newest page."""

    entry_id: str
    identity: str
    statement: Statement
    version: Version
    published: Dating
    created: Dating
    modified: Dating
    shown: Dating
    is_time_collapsed: bool
    is_pinned: bool
    first_seen_at: DateTime | None
    first_snapshot_id: str
    last_seen_at: DateTime | None = None
    last_snapshot_id: str | None = None
    missing_since_at: DateTime | None = None
    missing_snapshot_id: str | None = None
    deleted_proof: Proof | None = None

    @property
    def is_deleted(self) -> bool:
        """Say whether it is proved to be gone."""
        return self.deleted_proof is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPage:
    """The newest page that the history has taken in; ``entry_ids`` in page order, None for what is no entry."""

    snapshot_id: str
    place: int
    captured_at: DateTime | None
    edition_id: str
    is_complete: bool
    shows: str | None
    page: int | None
    entry_ids: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """All that the next step needs to know of a document's past."""

    document_id: str
    rank: int = -1
    kind: Kind = Kind.ARTICLE
    order: Order = Order.UNKNOWN
    is_item: bool = False
    facts: Facts | None = None
    published: Dating = UNKNOWN_TIME
    last: LastPage | None = None
    entries: Mapping[str, EntryState] = field(default_factory=dict)
    first_seen_at: DateTime | None = None
    last_seen_at: DateTime | None = None
    has_positional_anchors: bool = False
    is_rolling: bool = False
    least_refused: int | None = None
    newest_modified: DateTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one showing did: the state after it, and the versions and events that it made or changed.

    ``entry_ids`` names the entry at each place of the edition; all None where the showing did not count.
    """

    state: DocumentState
    entry_ids: tuple[str | None, ...]
    versions: tuple[Version, ...] = ()
    events: tuple[Event, ...] = ()
