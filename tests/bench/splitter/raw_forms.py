"""Bring LREC blogs back to the forms of raw pages, where they differ: tweets, photo credits, links, paragraphs.

In the LREC text a tweet is signed before it (``ada finch ( @ ada ) the wall fell``), a credit has lost the word before
it (``ada finch/afp/getty images``), a related link ends with ``read more``, addresses and paragraphs are gone. On raw
pages a tweet ends ``— Ada Finch (@ada) June 13, 2014``, a credit begins ``Photograph:``, a link ``Related:``. A network
that saw only the first forms takes a signature for the middle of an entry, though half of them end one.
"""

import re
from itertools import pairwise

import numpy as np
from splitter.data import Blog, candidates, flatten

from dateline.split.lexicon import MONTHS
from dateline.split.normal_form import CLOSE, OPEN, Tokens
from dateline.split.sentences import Ending, Units

Random = np.random.Generator

_HANDLE = re.compile(r"\( @ (\w+) \)")
_CREDIT = re.compile(
    r"(?:/ ?(?:afp|epa|ap|reuters|pa|rex|getty images|bloomberg|barcroft|corbis|demotix|alamy)(?: ?(?:/|via) ?[a-z]+)*"
    r"(?: images)?(?= |$)|\bfor the guardian(?= |$))"
)
_LINK = re.compile(r" read more(?= |$)")
_SENTENCE_END = re.compile(r"(?:[.?!:]|'') ")
_LONGEST_TWEET = 40  # words
_MONTHS = sorted(MONTHS)


def raw_form(blog: Blog, random: Random) -> Blog:
    """Rewrite the tweets, the credits and (in one blog of two) the links of a blog."""
    turns_links = random.random() < 0.5
    entries = []
    for headline, text in blog.entries:
        found = _credits(_signed_behind(text, random))
        entries.append((headline, _links(found) if turns_links else found))
    return Blog(name=blog.name, entries=tuple(entries))


def _signed_behind(text: str, random: Random) -> str:
    """Move each signature behind its tweet, where the tweet's end is known: the next signature, or the entry's end."""
    marks = list(_HANDLE.finditer(text))
    if not marks:
        return text
    names = [_name_start(text, mark.start()) for mark in marks]
    pieces = [text[: names[0]]]
    for at, mark in enumerate(marks):
        end = names[at + 1] if at + 1 < len(marks) else len(text)
        tweet = text[mark.end() : end].strip()
        name = text[names[at] : mark.start()].strip()
        if 2 < len(tweet.split()) <= _LONGEST_TWEET:
            tweet = f"{tweet}{_address(random)} — {name} (@{mark[1]}) {_day(random)}"
        else:
            tweet = f"{name} {mark[0]} {tweet}"
        pieces.append(tweet)
    return " ".join(piece.strip() for piece in pieces if piece.strip())


def _name_start(text: str, bracket: int) -> int:
    """Return where the name before a handle begins: after a stop, else two words back."""
    before = text[max(bracket - 60, 0) : bracket]
    stops = [found.end() for found in _SENTENCE_END.finditer(before)]
    begins = stops[-1] if stops else 0 if bracket <= 60 else len(before)
    if begins == len(before) or len(before[begins:].split()) > 3:
        begins = len(before) - len(" ".join(before.split(" ")[-3:]))  # the last piece is empty: a blank ends it
    return bracket - len(before) + begins


def _address(random: Random) -> str:
    kind = random.random()
    return " http://t.co/a1b2c3" if kind < 0.3 else " pic.twitter.com/a1b2c3" if kind < 0.45 else ""


def _day(random: Random) -> str:
    return f"{_MONTHS[random.integers(12)]} {random.integers(1, 29)}, 2015" if random.random() < 0.9 else ""


def _credits(text: str) -> str:
    """Put ``photograph :`` before each credit that is short enough to be one."""
    found, done = [], 0
    for mark in _CREDIT.finditer(text):
        start = _begin(text, done, mark.start())
        if 0 < len(text[start : mark.start()].split()) <= 5:
            found += [text[done:start], "photograph : ", text[start : mark.end()]]
            done = mark.end()
    return "".join([*found, text[done:]])


def _links(text: str) -> str:
    """Put ``related :`` before the title of a link, and take ``read more`` from its end."""
    found, done = [], 0
    for mark in _LINK.finditer(text):
        start = _begin(text, done, mark.start())
        if 2 < len(text[start : mark.start()].split()) <= 22:
            found += [text[done:start], "related : ", text[start : mark.start()]]
            done = mark.end()
    return "".join([*found, text[done:]])


def _begin(text: str, first: int, end: int) -> int:
    """Return where the sentence that ``end`` lies in begins."""
    stops = [found.end() for found in _SENTENCE_END.finditer(text, first, end)]
    return stops[-1] if stops else first + (len(text[first:end]) - len(text[first:end].lstrip()))


def whole_lines(blog: Blog) -> Blog:
    """Keep a break between entries only, as copies do that make one paragraph of each entry."""
    return Blog(name=blog.name, entries=tuple((headline, " ".join(text.split())) for headline, text in blog.entries))


def line_per_unit(blog: Blog) -> Blog:
    """Break each entry wherever a sentence ends, as houses do that write a sentence a paragraph."""
    return Blog(name=blog.name, entries=tuple((headline, _cut_up(text)) for headline, text in blog.entries))


def _cut_up(text: str) -> str:
    tokens, units = candidates(text)
    begins = [tokens.starts[at] for at in units.starts]
    return "\n".join(text[start:end].strip() for start, end in pairwise([*begins, len(text)]))


class Paragraphs:
    """How often a paragraph ends between two sentences of an entry, by what stands around; learned from cased blogs."""

    def __init__(self, cased: list[Blog]) -> None:
        self.seen: dict[tuple, list[int]] = {}
        for blog in cased:
            self._count(blog)

    def _count(self, blog: Blog) -> None:
        text, starts = flatten(blog, "paragraphs")
        first = set(starts)
        tokens, units = candidates(text)
        since = 0
        for at in range(1, len(units.starts)):
            since = 1 if units.begins_line[at - 1] else since + 1
            if tokens.starts[units.starts[at]] not in first and units.endings[at] != Ending.LINE:
                for key in _keys(tokens, units, at, since):
                    row = self.seen.setdefault(key, [0, 0])
                    row[0] += units.begins_line[at]
                    row[1] += 1

    def chance(self, tokens: Tokens, units: Units, at: int, since: int) -> float:
        """Return the chance that a paragraph ends before unit ``at``, ``since`` units after it began."""
        coarse, fine = (self.seen.get(key, [0, 0]) for key in _keys(tokens, units, at, since))
        base = (coarse[0] + 1) / (coarse[1] + 2)
        return (fine[0] + 5 * base) / (fine[1] + 5)

    def broken(self, blog: Blog, random: Random) -> Blog:
        """Break the entries of a blog that lost its paragraphs."""
        return Blog(
            name=blog.name,
            entries=tuple((headline, self._broken(text, random)) for headline, text in blog.entries),
        )

    def _broken(self, text: str, random: Random) -> str:
        text = re.sub(r" : (?=(?:\S+ ){9})", lambda found: " :\n" if random.random() < _AFTER_COLON else found[0], text)
        tokens, units = candidates(text)
        cuts, since = [0], 0
        for at in range(1, len(units.starts)):
            since = 1 if units.begins_line[at - 1] else since + 1
            if not units.begins_line[at] and random.random() < self.chance(tokens, units, at, since):
                cuts.append(tokens.starts[units.starts[at]])
                since = 0
        return "\n".join(text[start:end].strip() for start, end in pairwise([*cuts, len(text)]))


_AFTER_COLON = 0.6


def _keys(tokens: Tokens, units: Units, at: int, since: int) -> tuple[tuple, tuple]:
    start, previous = units.starts[at], units.starts[at - 1]
    coarse = (units.endings[at], min(since, 4))
    size = min((start - previous) // 12, 3)
    return coarse, (*coarse, tokens.forms[start] == OPEN, tokens.forms[start - 1] == CLOSE, size)
