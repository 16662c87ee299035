"""A copy's entries against those of an original that has its clocks: by text and order, never by place on the page.

Runs of five words that stand in exactly one entry of the original say where the copy took its words from. Words of the
copy between two such runs of one entry belong to it too; where the entry changes, the copy is cut at the place where
the later entry's text begins. So entries that a splitter left joined are parted, and those that it cut in two are
joined. A stretch counts as a copy of an entry only if it holds enough of it, and if most of its own words are that
entry's; what is left over stays an entry of the copy with the time it had.

A matched entry inherits the original's times (``basis = aligned-copy``), anchor and headline, unless the copy states a
time of its own that is exact. The result depends on the two lists alone, so it is the same whichever came first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.model import Basis, Dating, Entry, Precision
from dateline.split.normal_form import tokens_of

_RUN = 5  # words
_CHANGED = 3  # words that an editor may have changed where an entry begins
_STOPS = frozenset((".", "?", "!", "...", ":"))
_LEAST_SHARE = 0.5  # of a stretch's words that lie in runs of its entry or between them
_EXACT = frozenset({Precision.SECOND, Precision.MINUTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The evidence of one match: entry ``copy`` of the result holds entry ``original``, and how much is shared."""

    copy: int
    original: int
    shared_words: int
    of_copy: float
    of_original: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The copy's entries as the original shows them, and the links that say why."""

    entries: tuple[Entry, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of a list of entries run together: forms, and for each the entry it stands in and its place there."""

    forms: list[str]
    entry: list[int]
    starts: list[int]
    opens: list[bool]  # does a sentence or an entry begin with this word?


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Words ``start`` to ``end`` of the copy, taken from entry ``original`` (None: from none)."""

    start: int
    end: int
    original: int | None
    shared: int = 0


def align(copy: Sequence[Entry], original: Sequence[Entry]) -> Alignment:
    """Match a copy's entries with an original's; part and join them where the original shows it.

    Both lists are in page order. Positions are numbered anew, from the first position of the copy on.
    """
    theirs, ours = _words(original), _words(copy)
    sizes = Counter(theirs.entry)
    silent = sorted(set(range(len(copy))) - set(ours.entry))  # entries without words keep their place
    entries: list[Entry] = []
    links: list[Link] = []
    for stretch in _with_the_rest(_stretches(ours, theirs), ours):
        while silent and silent[0] < ours.entry[stretch.start]:
            entries.append(copy[silent.pop(0)])
        entry = _entry(copy, ours, stretch)
        if stretch.original is not None:
            entry = inherited(entry, original[stretch.original])
            links.append(_link(len(entries), stretch, sizes[stretch.original]))
        entries.append(entry)
    entries += [copy[number] for number in silent]
    first = min((one.position for one in copy), default=0)
    numbered = (replace(entry, position=first + at) for at, entry in enumerate(entries))
    return Alignment(entries=tuple(numbered), links=tuple(links))


def inherited(entry: Entry, source: Entry) -> Entry:
    """Give an entry the times, anchor and headline of the entry that it copies; its own exact time stays."""
    own = entry.published
    published = own if own.precision in _EXACT else _lent(source.published, own)
    headline = entry.headline or source.headline
    text = entry.text
    if source.headline and not entry.headline and _is_glued(source.headline, text):
        text = text[len(source.headline) :].lstrip(" \n.:")
    return replace(
        entry,
        anchor=entry.anchor or source.anchor,
        headline=headline,
        text=text,
        published=published,
        shown=_lent(source.shown, entry.shown),
        created=_lent(source.created, entry.created),
    )


def _is_glued(headline: str, text: str) -> bool:
    """Say whether a text begins with a headline, and not with a sentence that begins like it."""
    rest = text[len(headline) :].lstrip(" .:")
    return text.startswith(headline) and bool(rest) and not rest[0].islower() and rest[0] not in ",;"


def _lent(given: Dating, own: Dating) -> Dating:
    if given.precision is Precision.UNKNOWN:
        return own
    return replace(given, basis=Basis.ALIGNED_COPY)


def _words(entries: Sequence[Entry]) -> _Words:
    found = _Words(forms=[], entry=[], starts=[], opens=[])
    for number, entry in enumerate(entries):
        tokens = tokens_of(_full_text(entry))
        opens = True
        for form, start in zip(tokens.forms, tokens.starts, strict=True):
            if form[0].isalnum():
                found.forms.append(form)
                found.entry.append(number)
                found.starts.append(start)
                found.opens.append(opens)
                opens = False
            opens = opens or form in _STOPS
    return found


def _full_text(entry: Entry) -> str:
    return f"{entry.headline}\n{entry.text}" if entry.headline else entry.text


def _stretches(ours: _Words, theirs: _Words) -> list[_Stretch]:
    """Return the stretches of the copy that hold entries of the original, in the copy's order, not overlapping."""
    found: list[_Stretch] = []
    for number, at, place in _hits(ours, theirs):
        last = found[-1] if found else None
        if last is not None and last.original == number:
            found[-1] = replace(last, end=at + _RUN, shared=last.shared + min(_RUN, at + _RUN - last.end))
            continue
        floor = last.end if last else 0
        start = _begin(ours, theirs, at, place, floor)
        found.append(_Stretch(start=start, end=at + _RUN, original=number, shared=_RUN))
    return _believed(found, Counter(theirs.entry))


def _begin(ours: _Words, theirs: _Words, at: int, place: int, floor: int) -> int:
    """Walk back from the first run of an entry to where its text begins in the copy, over a few changed words."""

    def agree(back: int) -> bool:
        return at - back >= floor and place >= back and ours.forms[at - back] == theirs.forms[place - back]

    start, changed, back = at, 0, 1
    while changed <= _CHANGED and place >= back and theirs.entry[place - back] == theirs.entry[place]:
        if agree(back) and (not changed or agree(back + 1)):  # beyond a change one word in common is chance
            start, changed = at - back, 0
        else:
            changed += 1
        back += 1
    opening = (one for one in range(start, max(start - _CHANGED, floor) - 1, -1) if ours.opens[one])
    return next(opening, start)


def _hits(ours: _Words, theirs: _Words) -> Iterable[tuple[int, int, int]]:
    """Yield (original entry, word of the copy, word of the original) for each run that only one entry has."""
    places: dict[tuple[str, ...], int] = {}
    shared: set[tuple[str, ...]] = set()
    for at, run in _runs(theirs):
        if theirs.entry[at] != theirs.entry[at + _RUN - 1]:
            continue
        if run in places and theirs.entry[places[run]] != theirs.entry[at]:
            shared.add(run)
        places.setdefault(run, at)
    for at, run in _runs(ours):  # a copy's entries may be cut wrongly: its runs may cross them
        if run in places and run not in shared:
            yield theirs.entry[places[run]], at, places[run]


def _runs(words: _Words) -> Iterable[tuple[int, tuple[str, ...]]]:
    for at in range(len(words.forms) - _RUN + 1):
        yield at, tuple(words.forms[at : at + _RUN])


def _believed(found: Iterable[_Stretch], sizes: Counter[int]) -> list[_Stretch]:
    """Keep the stretches that hold enough of their entry, joined where only chance hits parted them; one per entry."""
    joined: list[_Stretch] = []
    for one in found:
        if one.original is None or one.shared < min(2 * _RUN, sizes[one.original] * _LEAST_SHARE):
            continue
        if joined and joined[-1].original == one.original:
            joined[-1] = replace(joined[-1], end=one.end, shared=joined[-1].shared + one.shared)
        else:
            joined.append(one)
    dense = [one for one in joined if one.shared >= (one.end - one.start) * _LEAST_SHARE]
    fullest = {one.original: one for one in sorted(dense, key=lambda one: one.shared)}
    return [one for one in dense if fullest[one.original] is one]


def _with_the_rest(stretches: Sequence[_Stretch], ours: _Words) -> Iterable[_Stretch]:
    """Yield the matched stretches and what lies between them; what follows a match inside one entry stays with it."""
    position = 0
    for number, one in enumerate(stretches):
        yield from _unmatched(ours, position, one.start)
        end = stretches[number + 1].start if number + 1 < len(stretches) else len(ours.forms)
        position = _grown(ours, one, end)
        yield replace(one, end=position)
    yield from _unmatched(ours, position, len(ours.forms))


def _grown(ours: _Words, one: _Stretch, limit: int) -> int:
    """Return where a matched stretch ends: with the copy's own entry, or where the next match begins."""
    end = one.end
    while end < limit and ours.entry[end] == ours.entry[one.end - 1]:
        end += 1
    return end


def _unmatched(ours: _Words, start: int, end: int) -> Iterable[_Stretch]:
    at = start
    while at < end:
        last = at
        while last < end and ours.entry[last] == ours.entry[at]:
            last += 1
        yield _Stretch(start=at, end=last, original=None)
        at = last


def _entry(copy: Sequence[Entry], ours: _Words, stretch: _Stretch) -> Entry:
    """Make the entry of a stretch: the copy's own where it is whole, else a piece or a join of its entries."""
    numbers = sorted(set(ours.entry[stretch.start : stretch.end]))
    pieces = [_piece(copy[number], ours, stretch, number) for number in numbers]
    first = copy[numbers[0]]
    begins_with_it = stretch.start == 0 or ours.entry[stretch.start - 1] != numbers[0]
    headline = first.headline if begins_with_it else None
    text = "\n".join(one for one in pieces if one)
    if headline and text.startswith(headline):
        text = text[len(headline) :].lstrip("\n")
    return replace(first, headline=headline, text=text)


def _piece(entry: Entry, ours: _Words, stretch: _Stretch, number: int) -> str:
    """Return what a stretch takes of one entry, marks before and after its words included."""
    at = [place for place in range(stretch.start, stretch.end) if ours.entry[place] == number]
    text = _full_text(entry)
    has_before = at[0] > 0 and ours.entry[at[0] - 1] == number
    has_after = at[-1] + 1 < len(ours.forms) and ours.entry[at[-1] + 1] == number
    start = _opening(text, ours.starts[at[0]]) if has_before else 0
    end = _opening(text, ours.starts[at[-1] + 1]) if has_after else len(text)
    return text[start:end].strip()


def _opening(text: str, at: int) -> int:
    """Return where the word at ``at`` begins, the marks that open before it included."""
    while at and text[at - 1] in "\"'“‘«„([#@":
        at -= 1
    return at


def _link(copy: int, stretch: _Stretch, size: int) -> Link:
    length = stretch.end - stretch.start
    return Link(
        copy=copy,
        original=stretch.original if stretch.original is not None else -1,
        shared_words=stretch.shared,
        of_copy=round(stretch.shared / max(length, 1), 3),
        of_original=round(min(stretch.shared / max(size, 1), 1.0), 3),
    )
