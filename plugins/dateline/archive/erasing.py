"""Which files an erasure has to write again, and which records take over the bodies of those that go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.archive.location import Location
from dateline.archive.moves import Move
from dateline.archive.rewriting import Rewriting, Rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record that stays, as the ledger knows it: one with the body of a record that goes may depend on that."""

    location: Location
    body_digest: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance:
    """Who holds a body from now on: by original that goes its stand-in, and the revisits to be written in full."""

    stand_ins: Mapping[Location, Location]
    bodies: Mapping[Location, bytes]


def files_to_write(gone: Iterable[Location], heirs: Inheritance) -> list[Rewriting]:
    """List the files that an erasure changes, and what to do in each; all locations are where records are now."""
    listed = set(gone)
    return [
        Rewriting(
            path=path,
            gone=frozenset(one.offset for one in listed if one.path == path),
            bodies={one.offset: body for one, body in heirs.bodies.items() if one.path == path},
            stand_ins={
                original.offset: heir.offset
                for original, heir in heirs.stand_ins.items()
                if original.path == heir.path == path
            },
        )
        for path in sorted({one.path for one in (*listed, *heirs.bodies)})
    ]


def with_bodies(done: Iterable[Rewritten], heirs: Inheritance) -> list[Move]:
    """Return the moves of an erasure, each erased original with the place where its body now is."""
    moves = {one.move.path: one.move for one in done}
    bodies: dict[str, dict[int, Location]] = defaultdict(dict)
    for original, heir in heirs.stand_ins.items():
        place = moves[heir.path].applied_to(heir) if heir.path in moves else heir
        if place is not None:
            bodies[original.path][original.offset] = place
    return [replace(move, bodies=bodies[path]) for path, move in sorted(moves.items())]
