"""Where an entry could begin: the candidate places of a text, and the units between them.

An entry can begin

* after a line break;
* after ``. ? ! …`` and the quotes and brackets that close there, before anything a sentence begins with (in cased text
  a capital, a digit, an opening quote, a hashtag, a handle, an address), but not after a title, an initial or an
  abbreviation;
* after text that ends without a stop: a bare address, a tweet's signature and its date, a handle's closing bracket,
  ``Credit: Reuters`` and its like, ``read more``; and, in cased text, where a word that opens sentences (``The``,
  ``Here``, ``Meanwhile``) stands with a capital after a word in lower case or a number.

The last rule is for copies that lost the break between a line without a stop and the next line. It names few words on
purpose: a capitalised *name* after a word is no evidence at all. Nor is a colon: of the places between one and a
capital 1 in 100 begins an entry (15 of 1,730 in cased training blogs), and in lower-cased text there are none.
"""

from dataclasses import dataclass
from enum import IntEnum

from dateline.split.lexicon import ABBREVIATIONS, AGENCIES, CREDITS, JOINERS, MONTHS, OPENERS
from dateline.split.normal_form import CAPITAL, CLOSE, HANDLE, LOWER, OPEN, OTHER, TAG, UNKNOWN, UPPER, URL, Tokens

_CLOSERS = frozenset({CLOSE, ")", "]"})
_STOPS = frozenset({".", "?", "!", "..."})
_CREDIT_REACH = 9  # tokens after "Photograph:" that may still be the credit


class Ending(IntEnum):
    """How the unit before a candidate place ends."""

    START = 0
    STOP = 1
    QUESTION = 2
    EXCLAMATION = 3
    ELLIPSIS = 4
    LINE = 5
    ADDRESS = 6
    SIGNATURE = 7
    CREDIT = 8
    READ_MORE = 9
    NONE = 10


_STOP_KINDS = {".": Ending.STOP, "?": Ending.QUESTION, "!": Ending.EXCLAMATION, "...": Ending.ELLIPSIS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The units of a text: the token that each begins with, how the unit before ends, and whether a line begins."""

    starts: list[int]
    endings: list[Ending]
    begins_line: list[bool]


def units_of(text: str, tokens: Tokens) -> Units:
    """Cut tokens at every place where an entry could begin; the first unit begins with the first token."""
    units = Units(starts=[], endings=[], begins_line=[])
    credit_until = -1
    for at in range(len(tokens)):
        breaks = at == 0 or "\n" in text[tokens.ends[at - 1] : tokens.starts[at]]
        ending = Ending.START if at == 0 else _ending(tokens, at, at <= credit_until)
        if at and breaks and ending is None:
            ending = Ending.LINE
        if tokens.forms[at] == ":" and at and tokens.forms[at - 1] in CREDITS:
            credit_until = at + _CREDIT_REACH
        if ending is not None:
            units.starts.append(at)
            units.endings.append(ending)
            units.begins_line.append(breaks)
            credit_until = -1 if ending is not Ending.CREDIT else credit_until
    return units


def _ending(tokens: Tokens, at: int, in_credit: bool) -> Ending | None:
    """Say how the text before token ``at`` ends, or None where no entry can begin here."""
    forms = tokens.forms
    if forms[at] in _CLOSERS or forms[at] in _STOPS or not _can_open(tokens, at):
        return None
    last = at - 1
    while last > 0 and forms[last] in _CLOSERS:
        last -= 1
    if forms[last] in _STOPS:
        return None if _is_abbreviation(tokens, last) else _STOP_KINDS[forms[last]]
    return _unannounced(tokens, at, in_credit)


def _can_open(tokens: Tokens, at: int) -> bool:
    case = tokens.cases[at]
    if case in {CAPITAL, UPPER, UNKNOWN}:
        return True
    form = tokens.forms[at]
    return case == OTHER and (
        form[0] == "0" or form in {OPEN, TAG, HANDLE, URL, "•", "*", "-", "(", "[", "£", "$", "€"}
    )


def _is_abbreviation(tokens: Tokens, stop: int) -> bool:
    if tokens.forms[stop] != "." or stop == 0:
        return False
    before = tokens.forms[stop - 1]
    return before in ABBREVIATIONS or (len(before) == 1 and before.isalpha() and before not in {"i", "t", "s", "d"})


def _unannounced(tokens: Tokens, at: int, in_credit: bool) -> Ending | None:
    """Name the ending that is no stop: an address, a signature, a credit, a link, or a lost line break."""
    forms = tokens.forms
    before = forms[at - 1]
    if before == URL and forms[at] not in {"-", "("}:
        return Ending.ADDRESS
    if _ends_signature(forms, at):
        return Ending.SIGNATURE
    if before in AGENCIES and (in_credit or (at > 1 and forms[at - 2] == "/")):
        return Ending.CREDIT
    if before == "more" and at > 1 and forms[at - 2] == "read":
        return Ending.READ_MORE
    return _before_capital(tokens, at, in_credit) if tokens.cases[at] in {CAPITAL, UPPER} else None


def _before_capital(tokens: Tokens, at: int, in_credit: bool) -> Ending | None:
    before, case = tokens.forms[at - 1], tokens.cases[at - 1]
    if in_credit and case in {CAPITAL, UPPER, LOWER} and before not in {"for", "the", "/"}:
        return Ending.CREDIT
    goes_on = before in JOINERS or not (case == LOWER or before[0] == "0" or before in _CLOSERS)
    return None if goes_on or tokens.forms[at] not in OPENERS else Ending.NONE


def _ends_signature(forms: list[str], at: int) -> bool:
    """Recognise a tweet's tail: ``(@handle)``, with or without ``July 26, 2015`` behind it."""
    if at > 2 and forms[at - 1] == ")" and forms[at - 2] == HANDLE:
        return forms[at] not in MONTHS
    return (
        at > 4
        and forms[at - 1] == "0000"
        and forms[at - 2] in {",", "00"}
        and any(forms[at - back] in MONTHS for back in (3, 4) if at >= back)
    )
