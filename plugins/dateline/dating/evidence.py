"""What else tells when an entry was published: the creation time in its id, its last change, the capture.

An entry whose publication is unknown, but not its creation, was published between its creation and its last change
or the capture. Ids in milliseconds are the time of publication itself where the page proves it: three or more
entries state a time of their own, and all of them agree with their ids to two seconds.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dateline.dating.ids import is_epoch
from dateline.dating.marks import Mark
from dateline.dating.spans import TICK, between, utc
from dateline.model import UNKNOWN_TIME, Basis, Block, Dating, Precision, Role

_SAME = timedelta(seconds=2)


def ids_are_publications(marks: Sequence[Mark], blocks: Sequence[Block], born: Sequence[datetime | None]) -> bool:
    """Say whether this page's ids hold the time of publication: its own clocks prove it."""
    if not any(is_epoch(block.anchor) for block in blocks):
        return False
    gaps = [
        abs(between(created, mark.dating.at))
        for mark in marks
        if mark.role is Role.PUBLISHED and mark.dating.precision is Precision.SECOND and mark.dating.at is not None
        if (created := born[mark.block]) is not None and is_epoch(blocks[mark.block].anchor)
    ]
    return len(gaps) >= 3 and max(gaps) <= _SAME


def by_id(created: datetime | None, anchor: str | None) -> Dating:
    """Return the dating that an id gives: to the second, or to the point where it holds a fraction."""
    if created is None:
        return UNKNOWN_TIME
    at = utc(created)
    latest = at if created.microsecond else utc(created + timedelta(seconds=1) - TICK)
    return Dating(at=at, earliest=at, latest=latest, precision=Precision.SECOND, basis=Basis.ID, stated=anchor)


def after_creation(published: Dating, created: Dating, modified: Dating, captured_at: datetime | None) -> Dating:
    """Bound an unknown publication by its entry's creation, and by its last change or the capture."""
    if published.at is not None or created.at is None or created.earliest is None:
        return published
    earliest = max(created.earliest, published.earliest or created.earliest)
    ends = [published.latest, modified.latest, utc(captured_at) if captured_at else None]
    latest = min((one for one in ends if one is not None), default=None)
    if latest is not None and latest < earliest:
        return published
    if latest is not None and between(earliest, latest) < timedelta(minutes=1):
        precision = Precision.SECOND if between(earliest, latest) < timedelta(seconds=1) else Precision.MINUTE
        return replace(created, earliest=earliest, at=earliest, latest=latest, precision=precision)
    evidence = published if published.earliest is not None or published.latest is not None else created
    return Dating(
        earliest=earliest,
        latest=latest,
        precision=Precision.BOUNDED,
        basis=evidence.basis,
        stated=evidence.stated,
    )


def before_change(published: Dating, modified: Dating) -> Dating:
    """Bound a publication that nothing states by the change that is stated: no later, and who knows how much earlier.

    RFC 4287 asks an Atom entry for ``updated`` and leaves ``published`` out.
    """
    if published.at or published.earliest or published.latest or modified.latest is None:
        return published
    return Dating(latest=modified.latest, precision=Precision.BOUNDED, basis=modified.basis, stated=modified.stated)


def before_capture(dating: Dating, captured_at: datetime | None) -> Dating:
    """Cut the bounds of a time at the capture: what stands on a page was there when it was captured."""
    if captured_at is None or dating.at is not None or dating.latest is None or dating.latest <= captured_at:
        return dating
    if dating.earliest is not None and dating.earliest > captured_at:
        return dating
    return replace(dating, latest=utc(captured_at))
