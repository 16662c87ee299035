"""Who takes over a body whose record is erased, so that no revisit of it is left without.

One record that was captured at the original's own address is enough: it holds the body already, or is written
in full, and a note leads the others to it. A revisit that was captured at another address gets a body of its
own, so that no record is left that names what is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from dateline.archive.erasing import Inheritance, Kept
from dateline.archive.location import Location
from dateline.archive.record import Record


class Records(Protocol):
    """What is asked of an archive here."""

    def record_at(self, location: Location) -> Record | None:
        """Read one record; None where that is not possible any more."""
        ...

    def original_of(self, record: Record, here: Location) -> Location:
        """Say where the body of a record stands now: where it stands itself, unless it is a revisit."""
        ...


def inherited(records: Records, gone: AbstractSet[Location], kept: Iterable[Kept]) -> Inheritance:
    """Find the heirs of every body that goes; ``kept`` are records that stay, at their present places."""
    originals = _originals(records, gone)
    sharing: dict[str, list[Kept]] = defaultdict(list)
    for one in kept:
        if one.body_digest in originals and one.location not in gone:
            sharing[one.body_digest].append(one)
    stand_ins: dict[Location, Location] = {}
    bodies: dict[Location, bytes] = {}
    for digest, group in sorted(sharing.items()):
        held = originals[digest]
        heir = _first_heir(records, [one for one in group if one.url in _addresses(held)], held)
        if heir is not None:
            stand_ins |= dict.fromkeys(held, heir)
        alone = [one.location for one in group if one.url not in _addresses(held)]
        for here in [*([heir] if heir else []), *alone]:
            bodies |= dict(_losing(records, here, held))
    return Inheritance(stand_ins=stand_ins, bodies=bodies)


Held = dict[Location, Record]


def _originals(records: Records, gone: Iterable[Location]) -> dict[str, Held]:
    """Return the records that go and hold a body themselves, by its digest."""
    found: dict[str, Held] = defaultdict(dict)
    for here in sorted(gone):
        record = records.record_at(here)
        if record is not None and record.reference is None:
            found[record.snapshot.digest][here] = record
    return found


def _addresses(held: Held) -> set[str | None]:
    return {one.snapshot.url for one in held.values()}


def _first_heir(records: Records, group: Sequence[Kept], held: Held) -> Location | None:
    """Return the place where the body stands from now on: of a revisit that loses it, or of one that has it."""
    paths = {one.path for one in held}
    for one in sorted(group, key=lambda kept: (kept.location.path not in paths, kept.location)):
        record = records.record_at(one.location)
        if record is not None:
            original = records.original_of(record, one.location)
            return one.location if original in held else original
    return None


def _losing(records: Records, here: Location, held: Held) -> Iterator[tuple[Location, bytes]]:
    record = records.record_at(here)
    if record is not None and record.reference is not None:
        original = records.original_of(record, here)
        if original in held:
            yield here, held[original].snapshot.body
