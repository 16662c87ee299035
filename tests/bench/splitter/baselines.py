"""What others would do with a copy: cut at every paragraph, at every clock, at TextTiling's valleys, or anywhere."""

import random
import re
from collections.abc import Sequence

from dateline.split.lexicon import ENGLISH
from dateline.split.normal_form import tokens_of
from dateline.split.sentences import units_of

_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]m)?\b", re.IGNORECASE)


def by_paragraph(text: str) -> list[int]:
    """Begin an entry with every line that is not blank."""
    return [match.start() for match in re.finditer(r"^[^\S\n]*\S", text, re.MULTILINE)]


def by_clock(text: str) -> list[int]:
    """Begin an entry at everything that looks like a clock."""
    return [match.start() for match in _CLOCK.finditer(text)]


def at_random(text: str, count: int) -> list[int]:
    """Begin as many entries as there truly are, at random candidate places."""
    places = _places(text)
    return sorted(random.Random(7).sample(places, min(count, len(places))))  # noqa: S311 - a baseline, no secret


def evenly(text: str, count: int) -> list[int]:
    """Begin as many entries as there truly are, evenly spaced."""
    places = _places(text)
    return sorted({places[min(at * len(places) // max(count, 1), len(places) - 1)] for at in range(count)})


def by_text_tiling(text: str) -> list[int] | None:
    """Begin entries where NLTK's TextTiling sees a new subject; None where NLTK is not installed."""
    try:
        from nltk.tokenize import TextTilingTokenizer  # ty: ignore[unresolved-import]
    except ImportError:
        return None
    places = [0, *_places(text)]
    sentences = [text[start:end].strip() for start, end in zip(places, [*places[1:], len(text)], strict=True)]
    try:
        tiles = TextTilingTokenizer(w=20, k=6, stopwords=sorted(ENGLISH)).tokenize("\n\n".join(sentences))
    except ValueError:  # too short for it
        return []
    return _starts_of(tiles, places)


def _starts_of(tiles: Sequence[str], places: Sequence[int]) -> list[int]:
    counts = [len([one for one in tile.split("\n\n") if one.strip()]) for tile in tiles]
    ends = [sum(counts[: at + 1]) for at in range(len(counts) - 1)]
    return [places[end] for end in ends if end < len(places)]


def _places(text: str) -> list[int]:
    tokens = tokens_of(text)
    return [tokens.starts[at] for at in units_of(text, tokens).starts[1:]]
