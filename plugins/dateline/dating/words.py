"""The words for months, weekdays and "ago" in many languages, from dateparser's tables of CLDR data.

The tables are built when the first text in words is met; numeric clocks never pay for them. A word that two
languages use for different months (``listopad``) is kept only if English has it.
"""

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from dateline.dating.stated import Unit


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a text: long lists read best as words."""
    return tuple(text.split())


LANGUAGES = listed("""
    en de fr es it nl pt pl ru sv da nb fi cs sk uk el tr hu ro bg hr sr sl ca et lv lt is id vi hi ur ar he
""")

_MONTHS = listed("january february march april may june july august september october november december")
_WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")

_MORE_MONTHS = {
    "mars": 3,
    "sept": 9,
    "mär": 3,
    "mrz": 3,
    "jänner": 1,
    "juil": 7,
    "aout": 8,
    "fevrier": 2,
    "decembre": 12,
}
"""Written by desks, absent from the tables."""

_MORE_AGO = {
    Unit.SECOND: ("# secs ago", "# секунд назад", "# sekund temu"),
    Unit.MINUTE: ("# mins ago", "# minutes ago", "# минут назад", "# minut temu", "#m ago", "vor # min"),
    Unit.HOUR: ("# hrs ago", "# hr ago", "# часов назад", "# godzin temu", "#h ago"),
    Unit.DAY: ("# дней назад", "# dni temu", "#d ago"),
}

_ONE = {
    "en": ("a ", "an ", "one "),
    "de": ("einer ", "einem ", "einem ", "eine ", "ein "),
    "fr": ("une ", "un "),
    "es": ("una ", "un "),
    "it": ("un'", "un ", "una "),
    "nl": ("een ", "één "),
    "pt": ("uma ", "um "),
    "sv": ("en ", "ett "),
    "da": ("en ", "et "),
}

_NUMBER = re.compile(r"\(\\d\+\+\[\.,\]\?\\d\*\+\)")


def folded(text: str) -> str:
    """Bring a word to the form in which it is looked up."""
    return text.casefold().strip(". ")


@cache
def months() -> dict[str, int]:
    """Map each month's names and short forms to its number."""
    return _agreed(_names(_MONTHS)) | _MORE_MONTHS


@cache
def weekdays() -> dict[str, int | None]:
    """Map each weekday's names and short forms to its number, Monday = 0; None where languages disagree."""
    agreed = _agreed(_names(_WEEKDAYS))
    return {name: agreed[name] - 1 if name in agreed else None for name, _ in _names(_WEEKDAYS)}


@cache
def relative_units() -> dict[str, Unit]:
    """Map the shape of a relative time, its number as ``#`` and its blanks taken out, to its unit."""
    found: dict[str, set[Unit]] = {}
    for language in LANGUAGES:
        for shape, unit in _relative_shapes(language):
            found.setdefault(shape, set()).add(unit)
    agreed = {shape: next(iter(units)) for shape, units in found.items() if len(units) == 1}
    for unit, shapes in _MORE_AGO.items():
        agreed |= {_squeezed(shape): unit for shape in shapes}
    return agreed


@cache
def relative_days() -> dict[str, int]:
    """Map the words for today, yesterday and the day before to how many days they lie back."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        types = _table(language).get("relative-type", {})
        for back in (0, 1, 2):
            for word in types.get(f"{back} day ago", ()):
                found.setdefault(folded(word), set()).add(back)
    return {word: next(iter(back)) for word, back in found.items() if len(back) == 1}


@cache
def now_words() -> frozenset[str]:
    """Return the words for "just now"."""
    own = {
        "just now",
        "now",
        "live",
        "moments ago",
        "à l'instant",
        "gerade eben",
        "только что",
        "akkurat nå",
        "lige nu",
    }
    tables = (_table(language).get("relative-type", {}).get("0 second ago", ()) for language in LANGUAGES)
    return frozenset(own | {folded(word) for words in tables for word in words})


def _table(language: str) -> dict[str, Any]:
    module = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
    info: dict[str, Any] = module.info
    return info


def _names(keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        table = _table(language)
        for number, key in enumerate(keys, 1):
            yield from ((folded(word), number) for word in table.get(key, ()) if not word.isdigit())


def _agreed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Keep what all languages agree on, and what English says: ``listopad`` is two months, so none."""
    found: dict[str, list[int]] = {}
    for name, number in pairs:
        found.setdefault(name, []).append(number)
    english = {folded(name) for key in (*_MONTHS, *_WEEKDAYS) for name in _table("en").get(key, ())}
    return {name: numbers[0] for name, numbers in found.items() if len(set(numbers)) == 1 or name in english}


def _relative_shapes(language: str) -> Iterator[tuple[str, Unit]]:
    for key, patterns in _table(language).get("relative-type-regex", {}).items():
        words = key.split()
        if words[0] == "in" or words[-1] != "ago" or words[1] not in set(Unit):
            continue
        for pattern in patterns:
            shape = _squeezed(_NUMBER.sub("#", pattern).replace("\\s*", " ").replace("\\", ""))
            yield shape, Unit(words[1])
            yield from ((shape.replace("#", _squeezed(one)), Unit(words[1])) for one in _ONE.get(language, ()))


def _squeezed(text: str) -> str:
    return "".join(folded(text).split())
