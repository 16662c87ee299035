"""How alike two texts are, by the words that they share: enough to know an edited post again."""

from functools import lru_cache

SAME_POST = 0.5
EXCERPT = 0.8
LONG_ENOUGH = 8  # words from which on a text names itself, whatever its clock says


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """Return the distinct words of a text, case folded."""
    return frozenset(text.casefold().split())


def likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1 (Dice).

    >>> likeness("Ships leave the harbour", "Ships leave the old harbour") > 0.8
    True
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def is_excerpt(one: str, other: str) -> bool:
    """Say whether the shorter text is, all but a little, part of the longer."""
    left, right = words_of(one), words_of(other)
    shorter = min(len(left), len(right))
    return shorter > 0 and len(left & right) >= EXCERPT * shorter


def names_itself(text: str) -> bool:
    """Say whether a text is long enough that two posts will not share it by chance."""
    return len(words_of(text)) >= LONG_ENOUGH
