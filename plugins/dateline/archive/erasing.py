"""Which files an erasure has to write again, and which records get the bodies of those that go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.archive.location import Location
from dateline.archive.moves import Move
from dateline.archive.rewriting import Rewriting, Rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """A revisit record that stays while its original goes; ``is_alike``: both were captured at one address."""

    location: Location
    original: Location
    body: bytes
    is_alike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePlan:
    """The files to write again, and by original that goes the revisit that stands in for it."""

    files: tuple[Rewriting, ...]
    stand_ins: Mapping[Location, Location]


def plan_erasure(gone: Iterable[Location], heirs: Iterable[Heir]) -> ErasePlan:
    """Plan an erasure; all locations are where the records are now.

    One revisit of the original's own address gets the body, the first of its file where it can; a
    revisit that was captured at another address gets one of its own, so that no record names what is gone.
    """
    listed = sorted(heirs, key=_nearest_first)
    stand_ins: dict[Location, Location] = {}
    bodies: dict[Location, bytes] = {}
    for heir in listed:
        if heir.is_alike and heir.original not in stand_ins:
            stand_ins[heir.original] = heir.location
        if not heir.is_alike or stand_ins[heir.original] == heir.location:
            bodies[heir.location] = heir.body
    return ErasePlan(files=_by_file(set(gone), bodies, stand_ins), stand_ins=stand_ins)


def with_bodies(done: Iterable[Rewritten], plan: ErasePlan) -> list[Move]:
    """Return the moves of an erasure, each erased original with the place where its body now is."""
    moves = {one.move.path: one.move for one in done}
    bodies: dict[str, dict[int, Location]] = defaultdict(dict)
    for original, heir in plan.stand_ins.items():
        place = moves[heir.path].applied_to(heir)
        if place is not None:
            bodies[original.path][original.offset] = place
    return [replace(move, bodies=bodies[path]) for path, move in sorted(moves.items())]


def _nearest_first(heir: Heir) -> tuple[bool, str, int]:
    return (heir.location.path != heir.original.path, heir.location.path, heir.location.offset)


def _by_file(
    gone: set[Location], bodies: Mapping[Location, bytes], stand_ins: Mapping[Location, Location]
) -> tuple[Rewriting, ...]:
    paths = {one.path for one in (*gone, *bodies)}
    return tuple(
        Rewriting(
            path=path,
            gone=frozenset(one.offset for one in gone if one.path == path),
            bodies={one.offset: body for one, body in bodies.items() if one.path == path},
            stand_ins={
                original.offset: heir.offset
                for original, heir in stand_ins.items()
                if original.path == heir.path == path
            },
        )
        for path in sorted(paths)
    )
