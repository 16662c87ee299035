"""Texts with known entry starts, from live blogs, in the forms in which copies run together; and their features.

Blogs come in four forms: one line or paragraphs kept, headlines lost or kept. LREC blogs are lower-cased and tokenised
and have no paragraphs: `raw_forms` makes some. Blogs are held out whole; no blog that is held out in one set is trained
on in the other.
"""

import json
import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.split.features import Features, Vocabulary, features_of
from dateline.split.normal_form import Tokens, tokens_of
from dateline.split.sentences import Units, units_of

FORMS = ("line", "line+headlines", "paragraphs", "paragraphs+headlines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """A live blog's entries in page order, each a headline (or "") and a text with one paragraph a line."""

    name: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A flattened blog: its text, where its entries start, and what the network sees of it."""

    name: str
    form: str
    starts: tuple[int, ...]
    features: Features
    labels: np.ndarray
    allowed: np.ndarray  # where a cut may fall: everywhere, or where lines begin
    endings: np.ndarray


def flatten(blog: Blog, form: str) -> tuple[str, tuple[int, ...]]:
    """Run a blog's entries together; return the text and the offset of each entry."""
    keeps_lines = form.startswith("paragraphs")
    gap = "\n" if keeps_lines else " "
    text, starts = "", []
    for headline, body in blog.entries:
        parts = [headline if form.endswith("+headlines") else "", *body.split("\n")]
        own = gap.join(" ".join(part.split()) for part in parts if part.strip())
        if own:
            text += gap if text else ""
            starts.append(len(text))
            text += own
    return text, tuple(starts)


def lrec_blogs(corpus: Path) -> Iterator[Blog]:
    """Yield the LREC blogs in file order."""
    with lzma.open(corpus / "liveblogs" / "lrec-train.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Blog(name=page_of(row["url"]), entries=tuple((one[4] or "", one[5] or "") for one in row["entries"]))


def cased_blogs(corpus: Path) -> list[Blog]:
    """Return the recorded Guardian blogs by date."""
    folder = corpus / "liveblogs" / "guardian-api" / "truth"
    return [truth_blog(path) for path in sorted(folder.glob("*.jsonl"))]


def truth_blog(path: Path) -> Blog:
    """Read one truth file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    name = path.stem.removesuffix(".truth")
    return Blog(name=name, entries=tuple((row.get("headline") or "", row.get("text") or "") for row in rows))


def page_of(url: str) -> str:
    """Name a page by its address, in the way that the recorded answers name their files."""
    path = re.sub(r"^https?://[^/]+/", "", url).rstrip("/")
    dated = re.fullmatch(r"(.+?)/(\d{4})/([a-z]{3})/(\d{2})/(.+)", path)
    if not dated:
        return path
    month = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].index(dated[3]) + 1
    return f"guardian-{dated[2]}-{month:02}-{dated[4]}-{dated[5]}"


def same_page(name: str, held_out: frozenset[str]) -> bool:
    """Say whether an LREC page is one of the held-out ones: same day, same words in the address."""
    day, words = name[:19], name[20:40]  # a file name may have lost its end
    return any(one.startswith(day) and words in one for one in held_out)


def candidates(text: str) -> tuple[Tokens, Units]:
    """Return a text's tokens and units."""
    tokens = tokens_of(text)
    return tokens, units_of(text, tokens)


def example(blog: Blog, form: str, vocabulary: Vocabulary | None) -> Example:
    """Flatten a blog and compute what the network sees, and which units are true starts."""
    text, starts = flatten(blog, form)
    tokens, units = candidates(text)
    true = set(starts)
    labels = np.array([tokens.starts[at] in true for at in units.starts], dtype=np.float32)
    return Example(
        name=blog.name,
        form=form,
        starts=starts,
        features=_compact(features_of(tokens, units, vocabulary, knows_lines=form.startswith("paragraphs"))),
        labels=labels,
        allowed=np.array(units.begins_line) | (not form.startswith("paragraphs")),
        endings=np.array(units.endings, dtype=np.int8),
    )


def _compact(features: Features) -> Features:
    """Store what fits into two bytes or one in them: millions of units are kept in memory."""
    return Features(words=features.words.astype(np.uint16), flags=features.flags.astype(np.uint8), dense=features.dense)


def store(path: Path, examples: dict[str, list[Example]]) -> None:
    """Write examples, so that a second training need not compute them again."""
    arrays: dict[str, np.ndarray] = {}
    for key, kept in examples.items():
        arrays[f"{key}/sizes"] = np.array([len(one.labels) for one in kept])
        arrays[f"{key}/names"] = np.array([f"{one.form} {one.name}" for one in kept])
        arrays[f"{key}/counts"] = np.array([len(one.starts) for one in kept])
        arrays[f"{key}/starts"] = np.array([at for one in kept for at in one.starts])
        for name in ("words", "flags", "dense"):
            arrays[f"{key}/{name}"] = np.concatenate([getattr(one.features, name) for one in kept])
        for name in ("labels", "allowed", "endings"):
            arrays[f"{key}/{name}"] = np.concatenate([getattr(one, name) for one in kept])
    np.savez(path, **arrays)


def stored(path: Path) -> dict[str, list[Example]]:
    """Read what `store` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        keys = [name.removesuffix("/sizes") for name in arrays if name.endswith("/sizes")]
        return {key: list(_stored(arrays, key)) for key in keys}


def _stored(arrays: Mapping[str, np.ndarray], key: str) -> Iterator[Example]:
    columns = {name: arrays[f"{key}/{name}"] for name in _COLUMNS}
    ends, starts_end = np.cumsum(arrays[f"{key}/sizes"]), np.cumsum(arrays[f"{key}/counts"])
    begins, starts_begin = ends - arrays[f"{key}/sizes"], starts_end - arrays[f"{key}/counts"]
    starts = arrays[f"{key}/starts"].tolist()
    for at, label in enumerate(arrays[f"{key}/names"].tolist()):
        own = {name: column[begins[at] : ends[at]] for name, column in columns.items()}
        form, name = label.split(" ", 1)
        yield Example(
            name=name,
            form=form,
            starts=tuple(starts[starts_begin[at] : starts_end[at]]),
            features=Features(words=own["words"], flags=own["flags"], dense=own["dense"]),
            labels=own["labels"],
            allowed=own["allowed"],
            endings=own["endings"],
        )


_COLUMNS = ("words", "flags", "dense", "labels", "allowed", "endings")
