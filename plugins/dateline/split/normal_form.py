"""One form for all text, whatever its typography: what the splitter's network was trained on and what it is shown.

A network that learned from lower-cased, tokenised text fails on raw text unless both are brought to one form
(measured in an earlier study: F1 .86 against .44 on one page). So tokens are: words in lower case with their clitics
apart and without their apostrophe (``do n t``, ``it s``), numbers as shapes (``0,000``), addresses, handles and
hashtags as one token each, and quotation marks as *opening* or *closing*, told by their neighbours: a single quote
after a letter is an apostrophe (``players'``) unless a single quotation is open. Each token keeps its place in the
raw text and how it was cased; text without capitals has the case ``UNKNOWN``.
"""

import re
from dataclasses import dataclass

OPEN, CLOSE = "‹", "›"
URL, HANDLE, TAG = "<url>", "<at>", "<tag>"
UNKNOWN, LOWER, CAPITAL, UPPER, OTHER = range(5)

_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.|pic\.twitter\.com/|\b[a-z0-9-]{1,60}(?:\.[a-z]{2,20}){1,4}/(?=\w))[^\s”’\"]+)"
    r"|(?P<at>@\s?\w+)"
    r"|(?P<tag>#\s?\w+)"
    r"|(?P<number>\d[\d.,:]*\d|\d)"
    r"|(?P<word>[^\W\d_]+(?:[.-][^\W\d_]+)*)"
    r"|(?P<twin>``|''|\.{2,}|…)"
    r"|(?P<mark>[^\w\s]|_)"
)
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d|m|t)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DOUBLE, _SINGLE = '"“”„«»', "'‘’‚`"
_QUOTES = frozenset(_DOUBLE + _SINGLE)
_OPENING, _CLOSING = "“„«‘‚`", "”»"
_DASHES = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of one text, as columns: normal form, how it was cased, where it stands in the raw text."""

    forms: list[str]
    cases: list[int]
    starts: list[int]
    ends: list[int]
    is_cased: bool

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.forms)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text in order; no two overlap, and apostrophes aside only white space is left out."""
    cased = _is_cased(text)
    found = Tokens(forms=[], cases=[], starts=[], ends=[], is_cased=cased)
    quotes = _Quotes()
    for match in _TOKEN.finditer(text):
        word = match["word"]
        form = word.lower() if word else _form(match.lastgroup or "", match[0], text, match.start(), quotes)
        if form is None:
            continue
        start, end = match.span()
        case = (_case(word) if cased else UNKNOWN) if word else OTHER
        if form.endswith("n") and text[end : end + 2] in {"'t", "’t"} and len(form) > 1:
            _add(found, form[:-1], case, start, end - 1)
            form, case, start = "n", (LOWER if cased else UNKNOWN), end - 1
        _add(found, form, case, start, end)
    return found


def _add(found: Tokens, form: str, case: int, start: int, end: int) -> None:
    found.forms.append(form)
    found.cases.append(case)
    found.starts.append(start)
    found.ends.append(end)


def _is_cased(text: str) -> bool:
    letters = _LETTER.findall(text[:4000])
    return len(letters) < 40 or sum(one.isupper() for one in letters) * 200 > len(letters)


def _case(word: str) -> int:
    if not word[0].isupper():
        return LOWER
    return UPPER if len(word) > 1 and word.isupper() else CAPITAL


def _form(kind: str, stated: str, text: str, start: int, quotes: "_Quotes") -> str | None:
    if kind in {"url", "at", "tag"}:
        return f"<{kind}>"
    if kind == "number":
        return _DIGIT.sub("0", stated)[:6]
    if kind == "twin":
        return {"``": OPEN, "''": CLOSE}.get(stated, "...")
    if stated in _QUOTES:
        return quotes.judge(text, start)
    return _DASHES.get(stated, stated)


class _Quotes:
    """The state of quotation while reading on: is a single quotation open?"""

    def __init__(self) -> None:
        self.single_open_at = -10_000

    def judge(self, text: str, at: int) -> str | None:
        """Return OPEN, CLOSE, or None for an apostrophe."""
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        mark = text[at]
        if mark in _DOUBLE:
            return self._direction(mark, before, after)
        if before.isspace() and _CLITIC.match(text, at) and not after.isupper():
            return None
        return self._single(mark, before, after, at)

    def _single(self, mark: str, before: str, after: str, at: int) -> str | None:
        is_open = at - self.single_open_at < 1500
        if mark in _OPENING or (not before.isalnum() and before not in ".,!?…)" and not after.isspace()):
            self.single_open_at = at
            return OPEN
        if before.isalnum() and after.isalnum():
            return None
        if is_open or before in ".,!?…":
            self.single_open_at = -10_000
            return CLOSE
        return None

    @staticmethod
    def _direction(mark: str, before: str, after: str) -> str:
        if mark in _OPENING:
            return OPEN
        if mark in _CLOSING:
            return CLOSE
        return OPEN if (before.isspace() or before in "([-–—‘'") and not after.isspace() else CLOSE
