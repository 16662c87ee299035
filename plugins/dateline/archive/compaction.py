"""Many small files into few: whole files joined byte by byte, so that no record changes.

A WARC file is its records one after the other, each a gzip member of its own; so joining files keeps
every record's bytes and digest and only moves it by a known number of bytes. A note of the move is
kept in the archive, and a location from before still reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from dateline.archive.location import SUFFIX
from dateline.archive.moves import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Files of one folder to be joined in this order."""

    paths: tuple[str, ...]


def plan_merges(sizes: Mapping[str, int], *, small: int = 8_000_000, target: int = 64_000_000) -> list[Merge]:
    """Group files below ``small`` bytes, folder by folder in the order of their names, up to ``target`` bytes each."""
    merges: list[Merge] = []
    candidates = sorted(path for path, size in sizes.items() if size < small)
    for _, paths in groupby(candidates, key=lambda path: path.rpartition("/")[0]):
        group: list[str] = []
        held = 0
        for path in paths:
            if group and held + sizes[path] > target:
                merges.append(Merge(paths=tuple(group)))
                group, held = [], 0
            group.append(path)
            held += sizes[path]
        merges.append(Merge(paths=tuple(group)))
    return [merge for merge in merges if len(merge.paths) > 1]


def moves_of(merge: Merge, into: str, lengths: Iterable[int]) -> list[Move]:
    """Say where each file of a merge begins in the joined one."""
    moves, base = [], 0
    for path, length in zip(merge.paths, lengths, strict=True):
        moves.append(Move(path=path, into=into, base=base))
        base += length
    return moves


def merged_name(merge: Merge) -> str:
    """Name the joined file after the first of its parts, without that one's digest."""
    return merge.paths[0].removesuffix(SUFFIX).rpartition("-")[0].removesuffix("-joined") + "-joined"
