"""Which of two statements of one moment to keep.

A published time is kept as first stated. A later statement replaces it only if it is *better*: not of a
page whose times have collapsed, finer, or as fine and resting on better evidence. So a re-publication,
after which every post carries one time, never replaces a good time, and a relative time ("21 mins ago")
is resolved once, at its first sighting. A page has collapsed if five or more posts state a time and
fewer than half of the times are distinct.
"""

from collections.abc import Iterable

from dateline.model import Basis, Dating, Precision

FINENESS = {one: rank for rank, one in enumerate(reversed(list(Precision)))}
EVIDENCE = {
    Basis.API: 3,
    Basis.JSON_LD: 3,
    Basis.DOM: 3,
    Basis.FEED: 3,
    Basis.ID: 2,
    Basis.TEXT_CLOCK: 2,
    Basis.RELATIVE: 1,
    Basis.ALIGNED_COPY: 1,
    Basis.ORDER: 0,
    Basis.PAGE_DATE: 0,
}
PRECISE = frozenset({Precision.SECOND, Precision.MINUTE})
FEWEST_TO_COLLAPSE = 5


def better(kept: Dating, new: Dating, *, kept_collapsed: bool = False, new_collapsed: bool = False) -> bool:
    """Say whether a new statement of a moment replaces the one that was kept."""
    return _worth(new, is_collapsed=new_collapsed) > _worth(kept, is_collapsed=kept_collapsed)


def newest(kept: Dating, new: Dating) -> Dating:
    """Return the newer statement of a moment that moves (modified, shown), if it states anything.

    A relative one ("21 mins ago") moves with the capture and not with the post: the first one stays.
    """
    says_nothing = new.precision is Precision.UNKNOWN
    is_relative = new.basis is Basis.RELATIVE and kept.precision is not Precision.UNKNOWN
    return kept if says_nothing or is_relative else new


def has_collapsed(published: Iterable[Dating]) -> bool:
    """Say whether the times of a page are those of a re-publication and not of its posts."""
    stated = [one.at for one in published if one.precision in PRECISE]
    return len(stated) >= FEWEST_TO_COLLAPSE and 2 * len(set(stated)) < len(stated)


def is_precise(dating: Dating) -> bool:
    """Say whether a time is known to the minute or better, and does not hang on the capture's own time."""
    return dating.at is not None and dating.precision in PRECISE and dating.basis is not Basis.RELATIVE


def contradict(one: Dating, other: Dating) -> bool:
    """Say whether two precise times cannot be the same moment."""
    if not (is_precise(one) and is_precise(other)):
        return False
    return _end(one) < _start(other) or _end(other) < _start(one)


def agree(one: Dating, other: Dating) -> bool:
    """Say whether two precise times can be the same moment."""
    return is_precise(one) and is_precise(other) and not contradict(one, other)


def _start(dating: Dating) -> float:
    moment = dating.earliest or dating.at
    return moment.timestamp() if moment else float("-inf")


def _end(dating: Dating) -> float:
    moment = dating.latest or dating.at
    return moment.timestamp() if moment else float("inf")


def _worth(dating: Dating, *, is_collapsed: bool) -> tuple[bool, bool, int, int]:
    is_stated = dating.precision is not Precision.UNKNOWN
    evidence = EVIDENCE[dating.basis] if dating.basis else -1
    return (is_stated, not is_collapsed, FINENESS[dating.precision], evidence)
