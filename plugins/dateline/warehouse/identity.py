"""Which entry each post of a page is: the publisher's id, else alignment of text and order.

In this order, each rule taking only what the ones before left over:

1. *Anchor.* One anchor is one entry, a pinned copy included. Where one anchor stands over unlike texts,
   the texts decide. Anchors that are places on the page (``post1`` = newest, renumbered at every post)
   identify nothing: their sign is that, from one page to the next, more anchors lost their text to another
   anchor than kept it. From then on the document's anchors are ignored.
2. *Wording.* The same wording is the same entry; several posts of one wording are told apart by their
   times, and else in order from the old end of the page. A short wording ("Goal!") under another time is
   another post.
3. *Neighbours.* Between the same neighbours, a like text is the same entry, edited; so an id that changes
   on edit is one entry. Two posts that took the place of one in the same minute are told apart by likeness.
4. *Time.* Off the newest page there are no neighbours: there a like text under the same time is the same.

What is left is new. Its identity is its anchor, or its wording and how many had that wording before. Only what a page
that was cut off left of its last post is no post, if it has lost the anchor that the others have.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count

from dateline.model import Order, digest_within
from dateline.warehouse.alignment import Matching, pair_neighbours
from dateline.warehouse.likeness import SAME_POST, is_excerpt, likeness, names_itself
from dateline.warehouse.past import DocumentState, EntryState, Statement
from dateline.warehouse.times import agree, contradict

ANCHOR = "anchor:"
WORDING = "wording:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The entry at each place, and the identities of the new ones.

    None for a tombstone of a post never seen, and for a nameless piece of one.
    """

    entry_ids: tuple[str | None, ...]
    new: Mapping[str, str]
    has_positional_anchors: bool


def identify(
    state: DocumentState, statements: tuple[Statement, ...], order: Order, *, is_cut: bool = False
) -> Identified:
    """Find the entry of each statement of a page, in page order, among the entries of a document's past."""
    is_positional = state.has_positional_anchors or has_positional_anchors(state, statements)
    standing = dict.fromkeys(one for one in (state.last.entry_ids if state.last else ()) if one)
    work = Matching(
        statements=statements,
        ids=[None] * len(statements),
        left=dict(state.entries),
        page={one: place for place, one in enumerate(standing)},
        uses_anchors=not is_positional,
    )
    if work.uses_anchors:
        _by_anchor(work, state)
    if work.left:  # most pages show every entry again, under its anchor
        _by_wording(work, order)
        pair_neighbours(work)
        _by_time(work)
    _name_new(work, state, is_cut=is_cut)
    return Identified(entry_ids=tuple(work.ids), new=work.new, has_positional_anchors=is_positional)


def has_positional_anchors(state: DocumentState, statements: tuple[Statement, ...]) -> bool:
    """Say whether this page shows that the publisher's ids are places: texts moved on, ids stayed."""
    standing = {one.anchor: one for one in statements if one.anchor}
    anchors_of = {one.wording_id: one.anchor for one in statements if one.anchor and one.text}
    kept = lost = 0
    for entry_id in state.last.entry_ids if state.last else ():
        was = state.entries[entry_id].statement if entry_id else None
        now = standing.get(was.anchor) if was and was.anchor else None
        if was is None or now is None:
            continue
        if was.wording_id == now.wording_id or likeness(was.text, now.text) >= SAME_POST:
            kept += 1
        elif was.wording_id in anchors_of:
            lost += 1
    return lost > kept


def _by_anchor(work: Matching, state: DocumentState) -> None:
    places: dict[str | None, list[int]] = defaultdict(list)
    for place, one in enumerate(work.statements):
        if one.anchor:
            places[one.anchor].append(place)
    known: dict[str | None, list[EntryState]] = defaultdict(list)
    for entry in state.entries.values():
        now, first = entry.statement.anchor, entry.identity.removeprefix(ANCHOR)
        if now in places:
            known[now].append(entry)
        if first != now and first in places:
            known[first].append(entry)
    for anchor, standing in places.items():
        if anchor in known:
            _settle_anchor(work, standing, known[anchor])


def _settle_anchor(work: Matching, places: list[int], known: list[EntryState]) -> None:
    """One anchor, one entry; unlike texts under one anchor are shared out by likeness."""
    if len(known) == len(places) == 1:
        work.settle(places[0], known[0].entry_id)
        return
    is_plain = len(known) == 1 and len({work.statements[one].wording_id for one in places}) == 1
    for place in places:
        statement = work.statements[place]
        found = known[0] if is_plain or statement.is_deleted else _most_like(statement, known)
        if found:
            work.settle(place, found.entry_id)
    if len(known) == 1 and all(work.ids[one] is None for one in places):
        work.settle(places[0], known[0].entry_id)


def _most_like(statement: Statement, known: Iterable[EntryState]) -> EntryState | None:
    """Return the entry of the same or the likest wording, None where none is alike."""
    best: EntryState | None = None
    score = 0.0
    for entry in known:
        text = entry.statement.text
        found = 2.0 if entry.statement.wording_id == statement.wording_id else likeness(text, statement.text)
        if found > score and (found >= SAME_POST or is_excerpt(text, statement.text)):
            best, score = entry, found
    return best


def _by_wording(work: Matching, order: Order) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    for place in work.open_places():
        places[work.statements[place].wording_id].append(place)
    known: dict[str, list[EntryState]] = defaultdict(list)
    for entry in work.left.values():
        if entry.statement.wording_id in places:
            known[entry.statement.wording_id].append(entry)
    from_below = order is not Order.OLDEST_FIRST
    for wording in [one for one in places if one in known]:
        candidates = sorted(known[wording], key=lambda one: _freshness(work, one, from_below=from_below))
        places[wording].sort(reverse=from_below)
        _pair(work, places[wording], candidates, _same_time)
        _pair(work, places[wording], candidates, _may_be_same)


def _freshness(work: Matching, entry: EntryState, *, from_below: bool) -> tuple[bool, bool, int, str]:
    """Live ones first, then those on the newest page, then from the old end of it."""
    place = work.page.get(entry.entry_id)
    return (entry.is_deleted, place is None, -(place or 0) if from_below else place or 0, entry.entry_id)


def _pair(
    work: Matching,
    places: Iterable[int],
    known: list[EntryState],
    is_same: Callable[[Matching, Statement, EntryState], bool],
) -> None:
    for place in places:
        for entry in known:
            is_open = work.ids[place] is None and entry.entry_id in work.left
            if is_open and is_same(work, work.statements[place], entry):
                work.settle(place, entry.entry_id)


def _same_time(_work: Matching, statement: Statement, entry: EntryState) -> bool:
    return agree(statement.published, entry.statement.published)


def _may_be_same(work: Matching, statement: Statement, entry: EntryState) -> bool:
    if names_itself(statement.text):
        return True
    if not statement.text or contradict(statement.published, entry.statement.published):
        return False
    return entry.entry_id in work.page or not work.changes_id(statement, entry)


def _by_time(work: Matching) -> None:
    """Find entries that are not on the newest page: a like text under the same time."""
    by_minute: dict[int, list[EntryState]] = defaultdict(list)
    for entry in sorted(work.left.values(), key=lambda one: one.entry_id):
        if entry.entry_id not in work.page and entry.statement.published.at:
            by_minute[_minute(entry.statement)].append(entry)
    for place in work.open_places() if by_minute else ():
        statement = work.statements[place]
        known = [one for one in by_minute[_minute(statement)] if one.entry_id in work.left]
        best = _most_like(statement, [one for one in known if _same_time(work, statement, one)])
        if best:
            work.settle(place, best.entry_id)


def _minute(statement: Statement) -> int:
    at = statement.published.at
    return int(at.timestamp()) // 60 if at else -1


def _name_new(work: Matching, state: DocumentState, *, is_cut: bool) -> None:
    open_places = work.open_places()
    if not open_places:
        return
    standing: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(work.statements):
        for name in {one.anchor, one.wording_id}:
            if name and not one.is_deleted:
                standing[name].append(place)
    for place in open_places:
        if is_cut and _is_piece(work, state, place):
            continue
        statement = work.statements[place]
        beside = {*standing[statement.wording_id], *standing[statement.anchor or statement.wording_id]}
        copied = next((one for one in sorted(beside - {place}) if _is_copy(work, place, one)), None)
        work.ids[place] = _newly_named(work, state, statement) if copied is None else work.ids[copied]


def _is_piece(work: Matching, state: DocumentState, place: int) -> bool:
    """Say whether the end of a cut page stands here, of a post whose anchor was cut off."""
    if place != len(work.statements) - 1 or work.statements[place].anchor:
        return False
    known = (entry.statement for entry in state.entries.values())
    return any(one.anchor for one in chain(work.statements[:place], known))


def _is_copy(work: Matching, place: int, other_place: int) -> bool:
    """Say whether a post is a second copy of one that has its entry: pinned as well, or listed twice."""
    one, other = work.statements[place], work.statements[other_place]
    if work.ids[other_place] is None:
        return False
    same_wording = bool(one.text) and one.wording_id == other.wording_id
    if work.uses_anchors and one.anchor and other.anchor:
        is_like = same_wording or likeness(one.text, other.text) >= SAME_POST or is_excerpt(one.text, other.text)
        return one.anchor == other.anchor and is_like
    return same_wording and (one.is_pinned != other.is_pinned or agree(one.published, other.published))


def _newly_named(work: Matching, state: DocumentState, statement: Statement) -> str:
    """Name a new entry after its anchor if that is free, else after its wording."""
    by_anchor = [f"{ANCHOR}{statement.anchor}"] if work.uses_anchors and statement.anchor else []
    by_wording = (f"{WORDING}{statement.wording_id}#{number}" for number in count(1))
    for identity in chain(by_anchor, by_wording):
        entry_id = digest_within(state.document_id, "entry", identity)
        if entry_id not in state.entries and entry_id not in work.new:
            break
    work.new[entry_id] = identity
    return entry_id
