"""Which side of a pair is the origin: judged from what both documents say, strongest evidence first.

1. A person's verdict.
2. One side names the other's carrier as its origin.
3. One side was written by its own carrier, and the other was not.
4. The earlier claim, where the two times cannot overlap: a publisher can claim any time, so this is
   weaker than a name.
5. The side that we saw first.
6. Nothing tells: the smaller id stands in, so that every run says the same, and a person should look.
"""

from dataclasses import dataclass

from pendulum import DateTime

from dateline.model import Origin

OWN_WORK = 0.6  # an origin less sure than this is not taken for the carrier's own work


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one side of a pair says of itself, and when we first saw it. Times are UTC, bounds inclusive."""

    document_id: str
    carrier: str | None
    origin: Origin | None
    earliest: DateTime | None
    latest: DateTime | None
    first_seen: DateTime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The side that is the origin, the house that wrote it where known, why, and how sure (0 to 1)."""

    origin_document_id: str
    name: str | None
    reason: str
    confidence: float


def direction(one: Claim, other: Claim, verdict: str | None = None) -> Direction:
    """Judge which side is the origin; ``verdict`` is the document that a person named. Symmetric in its sides."""
    first, second = sorted((one, other), key=lambda claim: claim.document_id)
    if verdict in {first.document_id, second.document_id}:
        side = first if verdict == first.document_id else second
        return Direction(
            origin_document_id=side.document_id, name=_house(side, None), reason="a person said so", confidence=1.0
        )
    for judge in (_named, _own_work, _earlier_claim, _seen_first):
        found = judge(first, second) or judge(second, first)
        if found:
            return found
    return Direction(
        origin_document_id=first.document_id,
        name=_house(first, second),
        reason="nothing tells the two apart: neither names a source, and their times overlap",
        confidence=0.3,
    )


def days_between(one: Claim, other: Claim) -> float | None:
    """Return the days between two claims, 0.0 where they may overlap, None where a bound is missing."""
    gaps = [
        (later.earliest.timestamp() - earlier.latest.timestamp()) / 86_400
        for earlier, later in ((one, other), (other, one))
        if later.earliest and earlier.latest
    ]
    if not gaps or (len(gaps) == 1 and gaps[0] < 0):
        return None
    return max(0.0, *gaps)


def _named(origin: Claim, copy: Claim) -> Direction | None:
    if not copy.origin or not origin.carrier or copy.carrier == origin.carrier:
        return None
    if copy.origin.name != origin.carrier:
        return None
    return Direction(
        origin_document_id=origin.document_id,
        name=copy.origin.name,
        reason=f"the copy says so: {copy.origin.reason}",
        confidence=copy.origin.confidence,
    )


def _own_work(origin: Claim, copy: Claim) -> Direction | None:
    if not _wrote_it(origin) or _wrote_it(copy) or origin.carrier == copy.carrier or origin.origin is None:
        return None
    return Direction(
        origin_document_id=origin.document_id,
        name=origin.carrier,
        reason=f"its carrier wrote it ({origin.origin.reason}), the other's did not",
        confidence=min(0.85, origin.origin.confidence),
    )


def _earlier_claim(origin: Claim, copy: Claim) -> Direction | None:
    if not origin.latest or not copy.earliest or not origin.latest < copy.earliest:
        return None
    hours = (copy.earliest.timestamp() - origin.latest.timestamp()) / 3600
    return Direction(
        origin_document_id=origin.document_id,
        name=_house(origin, copy),
        reason=f"it claims the earlier time, by {hours:.1f} h or more",
        confidence=0.75 if origin.first_seen is None or copy.first_seen is None else _seconded(origin, copy),
    )


def _seconded(origin: Claim, copy: Claim) -> float:
    """A claim that our own captures contradict is worth less: the claimed-first side was seen last."""
    assert origin.first_seen is not None  # noqa: S101 - the caller has looked
    assert copy.first_seen is not None  # noqa: S101 - the caller has looked
    return 0.8 if origin.first_seen <= copy.first_seen else 0.65


def _seen_first(origin: Claim, copy: Claim) -> Direction | None:
    if not origin.first_seen or not copy.first_seen or not origin.first_seen < copy.first_seen:
        return None
    return Direction(
        origin_document_id=origin.document_id,
        name=_house(origin, copy),
        reason="we saw it first; the times that the two claim overlap",
        confidence=0.5,
    )


def _wrote_it(claim: Claim) -> bool:
    origin = claim.origin
    return bool(origin and origin.name == claim.carrier and origin.confidence >= OWN_WORK)


def _house(origin: Claim, copy: Claim | None) -> str | None:
    """Name who wrote the text: what the origin says, else what the copy says, else nobody."""
    for claim in (origin, copy):
        if claim and claim.origin:
            return claim.origin.name
    return None
