"""A copy's entries against those of an original that has its clocks: by text and order, never by place on the page.

Runs of five words that stand in exactly one entry of the original say where the copy took its words from. Words of the
copy between two such runs of one entry belong to it too; where the entry changes, the copy is parted at the place where
the later entry's text begins. So an entry that a splitter left joined holds several matches, and one that it cut in two
shares a match with its neighbour. A stretch counts as a copy of an entry only if it holds enough of it, and if most of
its own words are that entry's. Between two such stretches an entry that stands between theirs in the original, and is
too short or too common to have a run of its own, is found by its whole text, with or without its headline. What is left
over matches nothing.

Nothing is cut here and no time is given: a match says which characters of which entries of the copy are one entry of
the original. The result depends on the two lists alone, so it is the same whichever came first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.split.normal_form import tokens_of

ALIGN_VERSION = 2
"""Raised whenever the same two lists give other matches."""

_RUN = 5  # words
_CHANGED = 3  # words that an editor may have changed where an entry begins
_STOPS = frozenset((".", "?", "!", "...", ":"))
_LEAST_SHARE = 0.5  # of a stretch's words that lie in runs of its entry or between them
_BETWEEN = " \n.:"  # what may stand between a headline that was glued on and the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``start`` to ``end`` of the copy's entry ``entry``."""

    entry: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The spans of a copy that hold entry ``original``, with the evidence: how many words, how much of each side."""

    original: int
    spans: tuple[Span, ...]
    shared_words: int
    of_copy: float
    of_original: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of many texts run together: forms, and for each the text it stands in and its place there."""

    forms: list[str]
    text: list[int]
    starts: list[int]
    opens: list[bool]  # does a sentence, a line or a text begin with this word?


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """The words of an original in all its wordings, the entry that each text is of, and the words each entry has."""

    words: _Words
    owners: list[int]
    sizes: dict[int, int]
    newest: list[list[list[str]]]  # the words of each entry as it reads now: all, and without its first line

    def entry_at(self, place: int) -> int:
        return self.owners[self.words.text[place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Words ``start`` to ``end`` of the copy, taken from entry ``original``."""

    start: int
    end: int
    original: int
    shared: int
    is_whole: bool = False  # the entry's whole text, and nothing else


def align(copy: Sequence[str], original: Sequence[Sequence[str]]) -> list[Match]:
    """Match a copy's entries with an original's; return the matches in the copy's order, no two overlapping.

    ``copy`` are the texts of its entries in page order; ``original`` the wordings of each entry, the newest first.
    """
    ours, theirs = _words(copy), _original(original)
    stretches = _filled(ours, theirs, _stretches(ours, theirs))
    starts = [*(one.start for one in stretches), len(ours.forms)]
    grown = [replace(one, end=_grown(ours, one, limit)) for one, limit in zip(stretches, starts[1:], strict=True)]
    return [_match(copy, ours, theirs, one) for one in grown]


def glued_headline(text: str, headline: str | None) -> int:
    """Return where the text goes on behind a headline that was glued to its front; 0 where none was.

    >>> glued_headline("Quay shut The quay is under water.", "Quay shut")
    10
    >>> glued_headline("Quay shut for repairs since noon.", "Quay shut")
    0
    """
    if not headline or not text.startswith(headline):
        return 0
    rest = text[len(headline) :].lstrip(_BETWEEN)
    is_glued = bool(rest) and not rest[0].islower() and rest[0] not in ",;"
    return len(text) - len(rest) if is_glued else 0


def _original(entries: Sequence[Sequence[str]]) -> _Original:
    owners = [number for number, wordings in enumerate(entries) for _ in wordings]
    words = _words([text for wordings in entries for text in wordings])
    sizes: dict[int, int] = {}
    for text, size in Counter(words.text).items():
        sizes[owners[text]] = max(size, sizes.get(owners[text], 0))
    newest = [[_words([one]).forms for one in (text, text.partition("\n")[2])] for text, *_ in entries]
    return _Original(words=words, owners=owners, sizes=sizes, newest=newest)


def _words(texts: Sequence[str]) -> _Words:
    found = _Words(forms=[], text=[], starts=[], opens=[])
    for number, text in enumerate(texts):
        tokens = tokens_of(text)
        opens, seen = True, 0
        for form, start in zip(tokens.forms, tokens.starts, strict=True):
            opens = opens or "\n" in text[seen:start]
            seen = start
            if form[0].isalnum():
                found.forms.append(form)
                found.text.append(number)
                found.starts.append(start)
                found.opens.append(opens)
                opens = False
            opens = opens or form in _STOPS
    return found


def _stretches(ours: _Words, theirs: _Original) -> list[_Stretch]:
    """Return the stretches of the copy that hold entries of the original, in the copy's order, not overlapping."""
    found: list[_Stretch] = []
    for at, place in _hits(ours, theirs):
        number = theirs.entry_at(place)
        last = found[-1] if found else None
        if last is not None and last.original == number:
            found[-1] = replace(last, end=at + _RUN, shared=last.shared + min(_RUN, at + _RUN - last.end))
            continue
        floor = last.end if last else 0
        start = _begin(ours, theirs.words, at, place, floor)
        found.append(_Stretch(start=start, end=at + _RUN, original=number, shared=_RUN))
    return _believed(found, theirs.sizes)


def _begin(ours: _Words, theirs: _Words, at: int, place: int, floor: int) -> int:
    """Walk back from the first run of an entry to where its text begins in the copy, over a few changed words."""

    def agree(back: int) -> bool:
        return at - back >= floor and place >= back and ours.forms[at - back] == theirs.forms[place - back]

    start, changed, back = at, 0, 1
    while changed <= _CHANGED and place >= back and theirs.text[place - back] == theirs.text[place]:
        if agree(back) and (not changed or agree(back + 1)):  # beyond a change one word in common is chance
            start, changed = at - back, 0
        else:
            changed += 1
        back += 1
    opening = (one for one in range(start, max(start - _CHANGED, floor) - 1, -1) if ours.opens[one])
    return next(opening, start)


def _hits(ours: _Words, theirs: _Original) -> Iterable[tuple[int, int]]:
    """Yield (word of the copy, word of the original) for each run that only one entry of the original has."""
    places: dict[tuple[str, ...], int] = {}
    shared: set[tuple[str, ...]] = set()
    for at, run in _runs(theirs.words):
        if theirs.words.text[at] != theirs.words.text[at + _RUN - 1]:
            continue
        if theirs.entry_at(places.setdefault(run, at)) != theirs.entry_at(at):
            shared.add(run)
    for at, run in _runs(ours):  # a copy's entries may be cut wrongly: its runs may cross them
        if run in places and run not in shared:
            yield at, places[run]


def _runs(words: _Words) -> Iterable[tuple[int, tuple[str, ...]]]:
    for at in range(len(words.forms) - _RUN + 1):
        yield at, tuple(words.forms[at : at + _RUN])


def _believed(found: Iterable[_Stretch], sizes: dict[int, int]) -> list[_Stretch]:
    """Keep the stretches that hold enough of their entry, joined where only chance hits parted them; one per entry."""
    joined: list[_Stretch] = []
    for one in found:
        if one.shared < min(2 * _RUN, sizes[one.original] * _LEAST_SHARE):
            continue
        if joined and joined[-1].original == one.original:
            joined[-1] = replace(joined[-1], end=one.end, shared=joined[-1].shared + one.shared)
        else:
            joined.append(one)
    dense = [one for one in joined if one.shared >= (one.end - one.start) * _LEAST_SHARE]
    fullest = {one.original: one for one in sorted(dense, key=lambda one: one.shared)}
    return [one for one in dense if fullest[one.original] is one]


def _filled(ours: _Words, theirs: _Original, found: Sequence[_Stretch]) -> list[_Stretch]:
    """Add, between each two stretches, the entries between theirs whose whole text stands there, in their order."""
    matched = {one.original for one in found}
    filled = list(found[:1])
    for one, following in pairwise(found):
        step = 1 if following.original > one.original else -1
        floor = one.end
        for number in range(one.original + step, following.original, step):
            texts = () if number in matched else theirs.newest[number]
            whole = next(filter(None, (_whole(ours, text, floor, following.start) for text in texts)), None)
            if whole:
                floor = whole.stop
                filled.append(_Stretch(start=whole.start, end=floor, original=number, shared=len(whole), is_whole=True))
        filled.append(following)
    return filled


def _whole(ours: _Words, wanted: Sequence[str], floor: int, limit: int) -> range | None:
    """Return where a text stands whole between two places, set off from what is around it."""
    size = len(wanted)
    for at in range(floor, limit - size + 1) if size else ():
        is_set_off = ours.opens[at] and (at + size == limit or ours.opens[at + size])
        if is_set_off and ours.forms[at : at + size] == wanted:
            return range(at, at + size)
    return None


def _grown(ours: _Words, one: _Stretch, limit: int) -> int:
    """Return where a matched stretch ends: with the copy's own entry, or where the next match begins."""
    end = one.end
    while not one.is_whole and end < limit and ours.text[end] == ours.text[one.end - 1]:
        end += 1
    return end


def _match(copy: Sequence[str], ours: _Words, theirs: _Original, one: _Stretch) -> Match:
    numbers = sorted(set(ours.text[one.start : one.end]))
    return Match(
        original=one.original,
        spans=tuple(_span(copy[number], ours, one, number) for number in numbers),
        shared_words=one.shared,
        of_copy=round(one.shared / (one.end - one.start), 3),
        of_original=round(min(one.shared / theirs.sizes[one.original], 1.0), 3),
    )


def _span(text: str, ours: _Words, one: _Stretch, number: int) -> Span:
    """Return what a stretch takes of one entry, marks before and after its words included."""
    at = [place for place in range(one.start, one.end) if ours.text[place] == number]
    has_before = at[0] > 0 and ours.text[at[0] - 1] == number
    has_after = at[-1] + 1 < len(ours.forms) and ours.text[at[-1] + 1] == number
    start = _opening(text, ours.starts[at[0]]) if has_before else 0
    end = _opening(text, ours.starts[at[-1] + 1]) if has_after else len(text)
    if one.is_whole:  # a link on a line of its own is no word, and not this entry's
        end = ours.starts[at[-1]] + len(text[ours.starts[at[-1]] : end].partition("\n")[0])
    return Span(entry=number, start=start, end=start + len(text[start:end].rstrip()))


def _opening(text: str, at: int) -> int:
    """Return where the word at ``at`` begins, the marks that open before it included."""
    while at and text[at - 1] in "\"'“‘«„([#@":
        at -= 1
    return at
