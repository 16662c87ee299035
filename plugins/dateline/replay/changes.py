"""What a reader would notice between two looks at one live blog. Pure: two lists of posts in, changes out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.replay.posts import EntrySeen, moment
from dateline.warehouse.events import longest_run
from dateline.warehouse.times import contradict


class ChangeKind(StrEnum):
    """What happened to a post. Left: it is no longer there, and nothing proves that it is gone for good."""

    POSTED = "posted"
    RESTORED = "restored"
    EDITED = "edited"
    RE_DATED = "re-dated"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    MOVED = "moved"
    DELETED = "deleted"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one post; ``before`` is None for a new one, ``after`` for one that is there no longer."""

    kind: ChangeKind
    entry_id: str
    before: EntrySeen | None
    after: EntrySeen | None

    @property
    def post(self) -> EntrySeen:
        """Return the post as it stands after the change, or as it stood last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change of nothing is none
        return found


def changes_between(
    before: Sequence[EntrySeen],
    after: Sequence[EntrySeen],
    *,
    gone: Collection[str] = (),
    known: Collection[str] = (),
) -> tuple[Change, ...]:
    """Say what changed between two looks, in the order of the posts' own times; moves come last.

    ``gone`` are the entries that are proved to be deleted by the second look, ``known`` those that had been there
    before the first.
    """
    was, now = {one.entry_id: one for one in before}, {one.entry_id: one for one in after}
    found: list[Change] = []
    for entry_id, post in was.items():
        if entry_id not in now:
            kind = ChangeKind.DELETED if entry_id in gone else ChangeKind.LEFT
            found.append(Change(kind=kind, entry_id=entry_id, before=post, after=None))
    for entry_id, post in now.items():
        old = was.get(entry_id)
        if old is not post:
            kinds = _changed(old, post) if old else (_come(entry_id, known),)
            found += [Change(kind=kind, entry_id=entry_id, before=old, after=post) for kind in kinds]
    found.sort(key=lambda one: moment(one.post))
    moved = [Change(kind=ChangeKind.MOVED, entry_id=one, before=was[one], after=now[one]) for one in _moved(was, now)]
    return (*found, *moved)


def _come(entry_id: str, known: Collection[str]) -> ChangeKind:
    return ChangeKind.RESTORED if entry_id in known else ChangeKind.POSTED


def _changed(before: EntrySeen, after: EntrySeen) -> Iterator[ChangeKind]:
    if (before.headline, before.text, before.author) != (after.headline, after.text, after.author):
        yield ChangeKind.EDITED
    if before.published.at and after.published.at and contradict(before.published, after.published):
        yield ChangeKind.RE_DATED
    if before.is_on_page and after.is_on_page and before.is_pinned != after.is_pinned:
        yield ChangeKind.PINNED if after.is_pinned else ChangeKind.UNPINNED


def _moved(was: dict[str, EntrySeen], now: dict[str, EntrySeen]) -> list[str]:
    """Return the fewest posts that explain a new order, of those that stand on both pages and are pinned on neither."""
    places = {entry_id: place for place, (entry_id, one) in enumerate(was.items()) if _stands(one)}
    both = [entry_id for entry_id, one in now.items() if _stands(one) and entry_id in places]
    order = [places[one] for one in both]
    if order == sorted(order):
        return []
    kept = longest_run(order)
    return [one for one in both if places[one] not in kept]


def _stands(post: EntrySeen) -> bool:
    return post.is_on_page and not post.is_pinned
