"""Gzip members: one record each, so that a file can be cut, joined and read from any of them."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dateline.errors import ArchiveError

MAX_RECORD_BYTES = 256_000_000
_STEP = 1 << 16
_LEVEL = 6  # level 9, the usual choice for WARC, costs twice the time for 1 % less


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One gzip member: where it begins, how long it is as stored, its digest, and what is in it."""

    offset: int
    length: int
    sha256: str
    content: bytes


def pack(content: bytes) -> bytes:
    """Pack bytes into one gzip member that depends on nothing but them (no time, no name)."""
    return gzip.compress(content, _LEVEL, mtime=0)


def unpack(member: bytes) -> bytes:
    """Unpack exactly one gzip member. Raises :class:`ArchiveError` if it is torn, or more than one."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(member, MAX_RECORD_BYTES)
    except zlib.error as error:
        raise ArchiveError(f"not a sound gzip member: {error}") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ArchiveError("not exactly one whole gzip member")
    return content


def walk(file: BinaryIO) -> Iterator[Member]:
    """Yield the members of a file in order. Raises :class:`ArchiveError` at the first one that is not whole.

    A file that was cut exactly between two members walks without a fault; the digest in its name tells.
    """
    offset, rest = 0, b""
    while True:
        rest = rest or file.read(_STEP)
        if not rest:
            return
        member, rest = _one(file, offset, rest)
        yield member
        offset += member.length


def _one(file: BinaryIO, offset: int, chunk: bytes) -> tuple[Member, bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    digest, length, content = hashlib.sha256(), 0, bytearray()
    while True:
        try:
            content += unpacker.decompress(chunk)
        except zlib.error as error:
            raise ArchiveError(f"record at byte {offset}: not a sound gzip member: {error}") from error
        used = len(chunk) - len(unpacker.unused_data)
        digest.update(chunk[:used])
        length += used
        if unpacker.eof:
            break
        if len(content) > MAX_RECORD_BYTES:
            raise ArchiveError(f"record at byte {offset}: larger than {MAX_RECORD_BYTES:,} bytes")
        chunk = file.read(_STEP)
        if not chunk:
            raise ArchiveError(f"record at byte {offset}: torn, the file ends inside it")
    member = Member(offset=offset, length=length, sha256=digest.hexdigest(), content=bytes(content))
    return member, unpacker.unused_data
