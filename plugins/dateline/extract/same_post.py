"""Which post of one channel is which of the other, and whether two documents tell of the same posts.

Posts are matched by anchor; then by the opening of their text; then by headline; then by one and the same
time of publication, where one text holds the other's opening; then, between two matched neighbours, in
order, where both sides have as many left and nothing speaks against it. Each is matched at most once.
"""

import itertools
import re
from collections.abc import Callable, Sequence

from dateline.model import Block, Document, Role

OPENING = 60
"""Letters and digits of a text that make it recognisable: a JSON-LD body may be cut at 1,000 characters."""

_NOT_LETTERS = re.compile(r"[\W_]+")


def agree(shown: Document, stated: Document) -> bool:
    """Say whether two documents hold the same posts: half of the shorter one at least."""
    fewer = min(len(shown.blocks), len(stated.blocks))
    return len(match(shown.blocks, stated.blocks)) * 2 >= fewer


def match(shown: Sequence[Block], stated: Sequence[Block]) -> dict[int, int]:
    """Return which block of ``stated`` (by index) is which of ``shown``; each at most once."""
    pairs: dict[int, int] = {}
    for key in (_by_anchor, _by_opening, _by_headline):
        _pair_by(key, shown, stated, pairs, may_be_one)
    _pair_by(published, shown, stated, pairs, _holds_the_opening)
    _pair_in_order(shown, stated, pairs)
    return pairs


def _by_anchor(block: Block) -> str | None:
    return block.anchor


def _by_opening(block: Block) -> str | None:
    return letters(block.text[: OPENING * 4])[:OPENING] or None


def _by_headline(block: Block) -> str | None:
    return letters(block.headline or "") or None


def letters(text: str) -> str:
    """Return only a text's letters and digits, in lower case: what every channel agrees on."""
    return _NOT_LETTERS.sub("", text).casefold()


def _holds_the_opening(one: Block, other: Block) -> bool:
    """Say whether one text begins with something of its own (a clock, a byline), then goes on as the other."""
    if one.anchor and other.anchor and one.anchor != other.anchor:
        return False
    mine, theirs = _by_opening(other) or "", letters(one.text)
    return len(mine) >= OPENING // 2 and mine in theirs


def _pair_by(
    key: Callable[[Block], str | None],
    shown: Sequence[Block],
    stated: Sequence[Block],
    pairs: dict[int, int],
    agree: Callable[[Block, Block], bool],
) -> None:
    waiting: dict[str, list[int]] = {}
    taken = set(pairs.values())
    for index, block in enumerate(shown):
        if index not in taken and (name := key(block)):
            waiting.setdefault(name, []).append(index)
    for index, block in enumerate(stated):
        if index in pairs or not (name := key(block)):
            continue
        free = [one for one in waiting.get(name, [])[:50] if agree(shown[one], block)]
        if free:
            pairs[index] = free[0]
            waiting[name].remove(free[0])


def may_be_one(one: Block, other: Block) -> bool:
    """Say whether nothing speaks against two blocks being one post: no two different anchors or texts."""
    if one.anchor and other.anchor:
        return one.anchor == other.anchor
    return agree_in_words(one, other)


def agree_in_words(one: Block, other: Block) -> bool:
    """Say whether two posts open with the same words, or one of them has none to compare."""
    mine, theirs = _by_opening(one) or "", _by_opening(other) or ""
    if not mine or not theirs:  # a post may be a picture: then its headline has to do
        mine, theirs = _by_headline(one) or "", _by_headline(other) or ""
    size = min(len(mine), len(theirs))
    return size == 0 or mine[:size] == theirs[:size] or mine[:12] == theirs[:12]


def _pair_in_order(shown: Sequence[Block], stated: Sequence[Block], pairs: dict[int, int]) -> None:
    """Pair what stands between two matched neighbours, where both sides have as many left."""
    borders = [(-1, -1), *sorted(pairs.items()), (len(stated), len(shown))]
    for (former, above), (later, below) in itertools.pairwise(borders):
        mine, theirs = range(above + 1, below), range(former + 1, later)
        if 0 < len(mine) == len(theirs):
            found = [(b, a) for a, b in zip(mine, theirs, strict=True) if may_be_one(shown[a], stated[b])]
            pairs.update(found if pairs or len(found) == len(mine) else [])


def published(block: Block) -> str | None:
    """Return a post's first time of publication, as stated."""
    return next((one.stated for one in block.clocks if one.role is Role.PUBLISHED), None)
