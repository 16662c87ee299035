"""Where a credit or a link's title ends when no line break says so.

A credit goes on while words can belong to it. It ends after an agency's name, after the two words of a person's name,
after a stop; or before a capital that follows a word in lower case other than an article or a preposition (``staff
archive | Few``, ``a Borvian news report | Harbour``), or before a capitalised word that opens sentences. A label
directly followed by a sentence (``Photo: It was late``), or by more words than a credit has, lost its credit.
"""

import re

from dateline.split.lexicon import OPENERS

LABELS = {
    "Author": "author", "Authors": "author", "Written by": "author", "Translation": "translator",
    "Translator": "translator", "Translated by": "translator", "Editing": "editor", "Editor": "editor",
    "Edited by": "editor", "Editing by": "editor",
    "Reporting by": "reporting", "Additional reporting by": "reporting", "Writing by": "author", "Source": "source",
    "Originally published by": "source",
}  # fmt: skip
"""The labels of credits, and the key that each is kept under."""

_WORD = re.compile(r"\S+")
_JOINING = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "from",
        "for",
        "by",
        "in",
        "via",
        "and",
        "at",
        "on",
        "to",
        "with",
        "as",
        "or",
        "&",
        "-",
        "–",
        "—",
        ",",
        "/",
        "taken",
        "courtesy",
    ]
)
_AGENCY = re.compile(
    r"(?:Reuters|AP|AFP|EPA|PA|Getty|Images|Alamy|Shutterstock|Bloomberg|Rex|EFE|DPA|TASS|Xinhua|NASA)\W*$"
)
_LONGEST = 14


def credit_end(text: str, start: int) -> int:
    """Return where the credit that begins at ``start`` ends; ``start`` itself if there is none."""
    words = _line_words(text, start)
    if _is_sentence(words):
        return start
    end = start
    for at, word in enumerate(words):
        if at and _ends_before(words, at):
            break
        end = word.end()
        if word[0][-1] in ".!?…" and not (at == 0 and len(word[0]) <= 3):
            break
    else:
        return end if len(words) < _LONGEST else start
    return end


def title_end(text: str, start: int) -> int | None:
    """Return where a link's title ends, None where that cannot be told."""
    words = _line_words(text, start, longest=24)
    for at, word in enumerate(words):
        if (
            at
            and word[0][0].isupper()
            and _follows_plain_word(words, at)
            and (word[0].lower().strip("'’s,") in OPENERS)
        ):
            return words[at - 1].end()
        if word[0][-1] in "?!":
            return word.end()
    rest = text[start:].split("\n", 1)
    has_line = len(rest) == 2 or len(rest[0]) < 160
    return start + len(rest[0].rstrip()) if has_line and len(rest[0].split()) <= 24 else None


def _line_words(text: str, start: int, longest: int = _LONGEST) -> list[re.Match[str]]:
    """Return the words from ``start`` to the end of its line; a bracket (a banner) ends them too."""
    end = min((at for at in (text.find("\n", start), text.find("[", start)) if at >= 0), default=len(text))
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start, min(end, start + 400)):
        found.append(match)
        if len(found) == longest:
            break
    return found


def _is_sentence(words: list[re.Match[str]]) -> bool:
    return len(words) > 2 and words[0][0].lower() in OPENERS and words[0][0][0].isupper() and words[1][0].islower()


def _ends_before(words: list[re.Match[str]], at: int) -> bool:
    word, before = words[at][0], words[at - 1][0]
    if not word[0].isupper() and word[0] not in "'‘“\"":
        return False
    if _is_agency(before):
        return not (_is_agency(word) or "/" in word)
    if _follows_plain_word(words, at) or (word.lower() in OPENERS and before.lower() not in _JOINING):
        return True
    return _names_in_a_row(words, at) >= 2 and not _more_of_the_name(words, at)


def _is_agency(word: str) -> bool:
    return bool(_AGENCY.search(word))


def _follows_plain_word(words: list[re.Match[str]], at: int) -> bool:
    before = words[at - 1][0]
    return before.lower() not in _JOINING and (before[0].islower() or before[0].isdigit())


def _names_in_a_row(words: list[re.Match[str]], at: int) -> int:
    count = 0
    while count < at and words[at - 1 - count][0][0].isupper():
        count += 1
    return count


def _more_of_the_name(words: list[re.Match[str]], at: int) -> bool:
    """Say whether the run of capitals from ``at`` still holds a slash or an agency: ``Martinez Monsivais/AP``."""
    for word in words[at : at + 3]:
        if not word[0][0].isupper() or word[0].lower() in OPENERS:
            return False
        if "/" in word[0] or _is_agency(word[0]):
            return True
    return False
