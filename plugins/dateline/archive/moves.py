"""Where records have gone since they were written: files joined to others, or rewritten without some of their records.

Each change leaves a note in the archive before the old file goes, so a location from before it still reads.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.archive.location import Location, checked_path
from dateline.errors import ArchiveError

MOVES = "moved"
"""The folder of the notes."""

Places = Mapping[int, Location]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A file whose records now stand elsewhere; ``into`` is None where none of them is left.

    A joined file has its first byte at ``base``. A rewritten one names by old offset where each record is
    (``records``), and for an erased one the record that now holds the same body, if any does (``bodies``).
    """

    path: str
    into: str | None
    base: int = 0
    records: Places | None = None
    bodies: Places = field(default_factory=dict)

    def applied_to(self, location: Location, *, is_for_body: bool = False) -> Location | None:
        """Return where a record of the old file stands now; None for one that was erased.

        ``is_for_body``: a record that holds the same body will do.
        """
        if self.records is not None:
            place = self.records.get(location.offset)
            return self.bodies.get(location.offset) if place is None and is_for_body else place
        if self.into is None:
            return None
        return Location(
            path=self.into,
            offset=location.offset + self.base,
            length=location.length,
            sha256=location.sha256,
        )


def note_of(moves: Iterable[Move]) -> bytes:
    """Write moves as a note."""
    return json.dumps([_stated(one) for one in moves], indent=1).encode()


def read_note(content: bytes) -> list[Move]:
    """Read a note. Raises :class:`ArchiveError` where it is not one of ours."""
    try:
        return [_move(one) for one in json.loads(content)]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveError(f"a note of moved files is not readable: {error}") from error


def _stated(move: Move) -> dict[str, Any]:
    if move.records is None:
        return {"path": move.path, "into": move.into, "base": move.base}
    return {
        "path": move.path,
        "into": move.into,
        "records": _listed(move.records),
        "bodies": _listed(move.bodies),
    }


def _move(stated: Mapping[str, Any]) -> Move:
    path, into = checked_path(stated["path"]), stated["into"]
    if "records" not in stated:
        return Move(path=path, into=checked_path(into), base=int(stated["base"]))
    if into is not None:
        checked_path(into)
    return Move(path=path, into=into, records=_places(stated["records"]), bodies=_places(stated["bodies"]))


def _listed(places: Places) -> dict[str, list[str | int]]:
    return {str(offset): [one.path, one.offset, one.length, one.sha256] for offset, one in places.items()}


def _places(stated: Mapping[str, Any]) -> dict[int, Location]:
    return {
        int(offset): Location(path=checked_path(path), offset=int(at), length=int(length), sha256=str(sha256))
        for offset, (path, at, length, sha256) in stated.items()
    }
