"""The records of one file while it is composed: packed bytes, and where each capture will stand."""

import hashlib
from dataclasses import dataclass

from pendulum import DateTime

from dateline.archive.location import Location, path_for
from dateline.archive.member import pack
from dateline.archive.record import Capture, Reference, compose, compose_info, target_of, warc_date

_WORTH_A_REVISIT = 1024  # bytes: a revisit record takes about half of that itself


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    offset: int
    length: int
    sha256: str


class Batch:
    """Captures packed one after the other; nothing is written anywhere until the whole is known."""

    def __init__(self, now: DateTime) -> None:
        """Open the file with its warcinfo record; ``now`` stands for capture times that nobody recorded."""
        self._now = now
        self._parts: list[bytes] = [pack(compose_info(now))]
        self._size = len(self._parts[0])
        self._places: list[_Place] = []
        self._bodies: dict[str, tuple[_Place, Reference]] = {}

    def add(self, capture: Capture, reference: Reference | None) -> None:
        """Pack a capture: as a revisit where another record, here or elsewhere, already holds its body."""
        snapshot = capture.snapshot
        reference = reference or self._same_file(snapshot.digest)
        first, *others = (pack(one) for one in compose(capture, self._now, len(self._places), reference))
        place = _Place(offset=self._size, length=len(first), sha256=hashlib.sha256(first).hexdigest())
        self._places.append(place)
        if reference is None and len(snapshot.body) >= _WORTH_A_REVISIT:
            self._bodies[snapshot.digest] = (place, self._reference_to(capture, place))
        for part in (first, *others):
            self._parts.append(part)
            self._size += len(part)

    def close(self, name: str) -> tuple[str, bytes, list[Location]]:
        """Return the path, the bytes and the locations, one for each capture in the order they came."""
        content = b"".join(self._parts)
        path = path_for(name, hashlib.sha256(content).hexdigest())
        return (
            path,
            content,
            [Location(path=path, offset=one.offset, length=one.length, sha256=one.sha256) for one in self._places],
        )

    def _same_file(self, digest: str) -> Reference | None:
        if digest not in self._bodies:
            return None
        place, reference = self._bodies[digest]
        return Reference(
            path=".",
            offset=place.offset - self._size,
            length=place.length,
            sha256=place.sha256,
            url=reference.url,
            date=reference.date,
        )

    def _reference_to(self, capture: Capture, place: _Place) -> Reference:
        snapshot = capture.snapshot
        return Reference(
            path=".",
            offset=place.offset,
            length=place.length,
            sha256=place.sha256,
            url=target_of(snapshot),
            date=warc_date(snapshot.captured_at or self._now),
        )
