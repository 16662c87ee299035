"""Text brought to the form in which copies agree: words without case, quotes, dashes and layout.

Rules, in prose:

* Compatibility forms are one form (NFKC), invisible characters and vowel points do not count, case
  does not count. Quotes, dashes, apostrophes, white space and line breaks only separate words, so
  ``labour's`` and the tokenised ``labour 's`` are the same two words.
* Scripts that write no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) have no words
  to find cheaply. There each character stands with the three after it: four characters carry about
  as much as two words, and any shift of the text still finds the same pieces.
* Past ``MAX_WORDS`` words or ``MAX_CHARACTERS`` a text is cut: no article is that long, and work stays bounded.
"""

import re
import unicodedata
from itertools import islice

MAX_WORDS = 200_000
MAX_CHARACTERS = 2_000_000
GRAM = 4  # characters that stand for one word where a script writes no spaces

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Soft hyphens, zero-width characters and direction marks; Hebrew points and Arabic vowel signs and tatweel.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0591-\u05c7\u0640\u064b-\u065f\u0670]"
)
# Indic vowel signs belong to their word although Python's \w does not say so.
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0df3"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_]|[{_MARKS}])+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_IN_NO_FIGURE = bytes(one if chr(one) in "0123456789.,/:" else ord(" ") for one in range(256))
_IS_INTRICATE = re.compile(f"[{_UNSPACED}{_MARKS}]")


def readable(text: str) -> str:
    """Bring a text to the form that words are found in; it still reads as it did."""
    text = text[:MAX_CHARACTERS]
    if text.isascii():
        return text
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def words(text: str) -> list[str]:
    """Return the words of a :func:`readable` text, in order, in the case they stand in.

    >>> words("“Don’t” – said Ann")
    ['Don', 't', 'said', 'Ann']
    """
    found = _pattern(text).findall(text)[:MAX_WORDS]
    return _grams(found) if not text.isascii() and _HAS_UNSPACED.search(text) else found


def passage(text: str, start: int, count: int) -> str:
    """Cut ``count`` words from a :func:`readable` text, from word ``start`` on, as they stand."""
    places = [match.span() for match in islice(_pattern(text).finditer(text), start, start + count)]
    return text[places[0][0] : places[-1][1]] if places else ""


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of a :func:`readable` text begins and ends, as :func:`words` counts them."""
    return [match.span() for match in islice(_pattern(text).finditer(text), MAX_WORDS)]


def figures(text: str) -> frozenset[str]:
    """Return every number that stands in a text, as it stands.

    >>> sorted(figures("1,200 aboard, 3.5 knots, 1,200 in all"))
    ['1,200', '3.5']
    """
    if text.isascii():
        # The pattern is tried at every place, and most hold a letter: those go first, all at once.
        text = " ".join(text.encode().translate(_IN_NO_FIGURE).decode().split())
    return frozenset(_FIGURE.findall(text))


def _pattern(text: str) -> re.Pattern[str]:
    """Choose the cheapest pattern that finds the words of this text."""
    if text.isascii():
        return _ASCII_WORD
    return _WORD if _IS_INTRICATE.search(text) else _PLAIN_WORD


def _grams(found: list[str]) -> list[str]:
    """Let each character of an unspaced script stand with those that follow it in the same run."""
    is_unspaced = [_HAS_UNSPACED.match(one) is not None for one in found]
    end = 0
    grams = []
    for start, one in enumerate(found):
        if not is_unspaced[start]:
            grams.append(one)
            continue
        end = max(end, start)
        while end < len(found) and is_unspaced[end] and end < start + GRAM:
            end += 1
        grams.append("".join(found[start:end]))
    return grams
