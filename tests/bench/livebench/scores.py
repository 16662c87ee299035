"""What a reading got right of a page: entries, times, wrong claims, headlines, texts, order.

An entry found is one that pairs with a true one: by id (in Dateline's normal form), else by the opening 60 letters
and digits of the text, else by headline, else (where the truth has neither id nor words) by clock. Each pairs once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from livebench.pages import CapturedPage, TrueEntry

from dateline.extract.anchors import anchor
from dateline.extract.same_post import letters
from dateline.model import Entry, Precision

CLAIMS = (Precision.SECOND, Precision.MINUTE)


@dataclass(frozen=True, kw_only=True)
class Score:
    """Counts of one page, or sums of several."""

    true: int = 0
    read: int = 0
    found: int = 0
    timed: int = 0  # true entries whose instant is known
    in_time: int = 0  # of them: found, and dated within 60 s
    claims: int = 0  # found entries dated to the minute or second, whose true instant is known
    wrong: int = 0  # of them: off by more than 60 s
    headed: int = 0  # found entries that have a headline, truly or as read
    headlines: int = 0  # of them: exact
    texts: int = 0  # found entries whose text is the same, or nine tenths of it
    in_order: int = 0  # found entries that stand in the true order

    def __add__(self, other: "Score") -> "Score":
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        return self.found / self.read if self.read else 1.0

    @property
    def times_within_60s(self) -> float:
        return self.in_time / self.timed if self.timed else 1.0

    @property
    def wrong_claims(self) -> float:
        return self.wrong / self.claims if self.claims else 0.0

    @property
    def exact_headlines(self) -> float:
        return self.headlines / self.headed if self.headed else 1.0


def score(page: CapturedPage, entries: Sequence[Entry]) -> Score:
    """Compare what was read of a page with its truth."""
    pairs = matched(page.truth, entries)
    found = [(page.truth[mine], entries[theirs]) for mine, theirs in sorted(pairs.items())]
    gaps = [gap for true, entry in found if (gap := _gap(true, entry)) is not None]
    claimed = [
        _gap(true, entry) for true, entry in found if true.at is not None and entry.published.precision in CLAIMS
    ]
    heads = [(true.headline, entry.headline or "") for true, entry in found if true.headline or entry.headline]
    return Score(
        true=len(page.truth),
        read=len(entries),
        found=len(found),
        timed=sum(1 for one in page.truth if one.at is not None),
        in_time=sum(1 for gap in gaps if gap <= 60),
        claims=len(claimed),
        wrong=sum(1 for gap in claimed if gap is not None and gap > 60),
        headed=len(heads),
        headlines=sum(1 for true, read in heads if _spaced(true) == _spaced(read)),
        texts=sum(1 for true, entry in found if _is_same_text(true.text, entry.text)),
        in_order=_in_order([theirs for _, theirs in sorted(pairs.items())]),
    )


def _gap(true: TrueEntry, entry: Entry) -> float | None:
    if true.at is None or entry.published.at is None:
        return None
    return abs(entry.published.at.timestamp() - true.at.timestamp())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _is_same_text(true: str, read: str) -> bool:
    mine, theirs = letters(true), letters(read)
    if mine == theirs:
        return True
    size = min(len(mine), len(theirs))
    if size < 0.8 * max(len(mine), len(theirs)):
        return False
    return SequenceMatcher(None, mine[:4000], theirs[:4000], autojunk=False).ratio() >= 0.9


def _in_order(positions: Sequence[int]) -> int:
    return sum(1 for former, later in pairwise(positions) if later > former) + bool(positions)


def matched(truth: Sequence[TrueEntry], entries: Sequence[Entry]) -> Mapping[int, int]:
    """Pair true entries with read ones, each once; the surest evidence first."""
    pairs: dict[int, int] = {}
    for of_true, of_read in (
        (lambda one: anchor(one.anchor), lambda one: one.anchor),
        (lambda one: letters(one.text)[:60], lambda one: letters(one.text)[:60]),
        (lambda one: letters(one.headline), lambda one: letters(one.headline or "")),
        (_clock_of_nameless, _clock_of_wordless),
    ):
        _pair(pairs, [of_true(one) for one in truth], [of_read(one) for one in entries])
    return pairs


def _clock_of_nameless(one: TrueEntry) -> str | None:
    """Return the clock of a true entry without words or id, such as a lone tweet: nothing else tells which it is."""
    return None if one.text or one.headline or one.anchor else letters(one.stated)


def _clock_of_wordless(one: Entry) -> str | None:
    return None if one.text or one.headline else letters(one.published.stated or "")


def _pair(pairs: dict[int, int], mine: Iterable[str | None], theirs: Iterable[str | None]) -> None:
    taken = set(pairs.values())
    waiting: dict[str, list[int]] = {}
    for index, key in enumerate(theirs):
        if key and index not in taken:
            waiting.setdefault(key, []).append(index)
    for index, key in enumerate(mine):
        if key and index not in pairs and waiting.get(key):
            pairs[index] = waiting[key].pop(0)


def total(scores: Iterable[Score]) -> Score:
    """Add scores up."""
    return sum(scores, start=Score())
