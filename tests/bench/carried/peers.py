"""The peers on the same planted copies: MinHash LSH at .5 and .8, simhash, exact hash. Recall and false pairs."""

import hashlib
from pathlib import Path

from carried.planted import read

from dateline.syndication.normalise import readable, words

SHINGLE = 5


def measure(folder: Path, *, quick: bool) -> dict:
    """Return the recall of each peer that is installed; the others are null."""
    base = {one["id"]: _words("\n".join(one["paras"])) for one in read(folder / "base.jsonl.xz")}
    queries = [one for one in read(folder / "queries.jsonl.xz") if not one["cls"].startswith("N1")]
    asked = [(one["src"], _words("\n".join(one["paras"]))) for one in queries[:: 4 if quick else 1]]
    return {
        "recall_exact_hash": _exact(base, asked),
        "recall_datasketch_lsh_5": _minhash(base, asked, 0.5),
        "recall_datasketch_lsh_8": _minhash(base, asked, 0.8),
        "recall_simhash_3": _simhash(base, asked),
    }


def shingle_set(found: list[str]) -> list[bytes]:
    """Return the distinct runs of five words as the peers take them."""
    return list({" ".join(found[start : start + SHINGLE]).encode() for start in range(len(found) - SHINGLE + 1)})


def _exact(base: dict, asked: list) -> float:
    names: dict[str, set[str]] = {}
    for name, found in base.items():
        names.setdefault(_digest(found), set()).add(name)
    return _recall((sources, names.get(_digest(found), set())) for sources, found in asked)


def _minhash(base: dict, asked: list, threshold: float) -> float | None:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    index = MinHashLSH(threshold=threshold, num_perm=128)
    for name, found in base.items():
        index.insert(name, _sketch(MinHash, found))
    return _recall((sources, set(index.query(_sketch(MinHash, found)))) for sources, found in asked)


def _sketch(kind, found: list[str]):
    sketch = kind(num_perm=128)
    sketch.update_batch(shingle_set(found) or [b""])
    return sketch


def _simhash(base: dict, asked: list) -> float | None:
    """Compare 64-bit simhashes one by one: exact, and fast enough here."""
    try:
        import numpy as np
        import xxhash
    except ImportError:
        return None

    def fingerprint(found: list[str]) -> int:
        hashes = np.array([xxhash.xxh64_intdigest(one) for one in shingle_set(found)] or [0], np.uint64)
        bits = (hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
        return int(np.packbits(bits.mean(axis=0) > 0.5, bitorder="little").view(np.uint64)[0])

    names = list(base)
    stored = np.array([fingerprint(base[name]) for name in names], np.uint64)
    return _recall(
        (
            sources,
            {names[place] for place in np.flatnonzero(np.bitwise_count(stored ^ np.uint64(fingerprint(found))) <= 3)},
        )
        for sources, found in asked
    )


def _recall(answers) -> float:
    right = planted = 0
    for sources, found in answers:
        planted += len(sources)
        right += len(found.intersection(sources))
    return round(right / planted, 4)


def _words(body: str) -> list[str]:
    return [one.casefold() for one in words(readable(body))]


def _digest(found: list[str]) -> str:
    return hashlib.sha256(" ".join(found).encode()).hexdigest()
