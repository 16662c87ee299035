"""A file written again without some of its records: the others keep their bytes, only their places change.

A revisit record has no body of its own. Where its original goes, one of the revisits of that body is written
in full in its stead, and the others follow it there: by a note of the archive where they stand in other files,
by their own field within this one. A request goes with the answer that it asked for.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dateline.archive.amend import Head, head_of, in_full, referring
from dateline.archive.location import SUFFIX, Location, path_for
from dateline.archive.member import Member, pack, walk
from dateline.archive.moves import Move
from dateline.archive.record import CAPTURES, Reference, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """What to do with one file, by offset: which captures go, and which revisits get a body of their own.

    ``stand_ins`` names for a capture that goes the revisit of this file that takes its place.
    """

    path: str
    gone: frozenset[int] = frozenset()
    bodies: Mapping[int, bytes] = field(default_factory=dict)
    stand_ins: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The new file, and where each of the old records now is; no content where no capture is left."""

    move: Move
    content: bytes | None


def rewrite(content: bytes, plan: Rewriting) -> Rewritten:
    """Write a file again by a plan. Raises :class:`ArchiveError` where it cannot be read to its end."""
    members = {member.offset: member for member in walk(io.BytesIO(content))}
    heads = {offset: head_of(member.content) for offset, member in members.items()}
    gone_ids = {head.record_id for offset, head in heads.items() if offset in plan.gone}
    kept = [offset for offset, head in heads.items() if offset not in plan.gone and head.goes_with not in gone_ids]
    if not any(heads[offset].kind in CAPTURES for offset in kept):
        return Rewritten(move=Move(path=plan.path, into=None, records={}), content=None)
    writing = _Writing(content=content, members=members, heads=heads, plan=plan)
    for offset in kept:
        writing.add(offset)
    new = b"".join(writing.parts)
    path = path_for(_name(plan.path), hashlib.sha256(new).hexdigest())
    records = {offset: replace(place, path=path) for offset, place in writing.places.items()}
    return Rewritten(move=Move(path=plan.path, into=path, records=records), content=new)


@dataclass(slots=True, kw_only=True)
class _Writing:
    """The new file while it grows: its records so far, and the new place of each by its old offset."""

    content: bytes
    members: Mapping[int, Member]
    heads: Mapping[int, Head]
    plan: Rewriting
    parts: list[bytes] = field(default_factory=list)
    places: dict[int, Location] = field(default_factory=dict)
    size: int = 0

    def add(self, offset: int) -> None:
        """Write one record."""
        part = self._part(self.members[offset], self.heads[offset].reference)
        digest = hashlib.sha256(part).hexdigest()
        self.places[offset] = Location(path="", offset=self.size, length=len(part), sha256=digest)
        self.parts.append(part)
        self.size += len(part)

    def _part(self, member: Member, reference: Reference | None) -> bytes:
        as_it_is = self.content[member.offset : member.offset + member.length]
        if member.offset in self.plan.bodies:
            return pack(in_full(member.content, self.plan.bodies[member.offset]))
        if reference is None or reference.path != ".":
            return as_it_is
        original = member.offset + reference.offset
        place = self.places.get(self.plan.stand_ins.get(original, original))
        if place is None:  # the ledger did not know this revisit, so nothing was planned for it
            return pack(in_full(member.content, parse(self.members[original].content).snapshot.body))
        moved = replace(reference, offset=place.offset - self.size, length=place.length, sha256=place.sha256)
        return as_it_is if moved == reference else pack(referring(member.content, moved))


def _name(path: str) -> str:
    return path.removesuffix(SUFFIX).rpartition("-")[0]
