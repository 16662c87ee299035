"""Copies that kept their clocks: one section per clock, each with its headline, author and clock.

A way of writing clocks (place, spelling) counts if the text has it three times; so does then each spelling there. The
clocks of a way that is all inside lines must also run one way, and those off the run are taken for speech. Whether
headlines stand before or after their clocks is decided once per way, by where the lines are that do not end as
sentences do. Most of the text must lie between the clocks: a timetable inside an article is no live blog. A list of
contents before the posts, with the posts' own clocks, belongs to the lead.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.split.clocks import Marker, inline_markers, line_markers
from dateline.split.order import direction_of, running

_TITLE_LONGEST = 200
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'’”)\]*]*$")
_SENTENCE = re.compile(r"[^\W\d][.!?…][\"'’”)\]]*(?:\s|$)")
_NO_TITLE = re.compile(
    r"://|^[@—]|\b(?:Photograph|Photo|Picture|Credit|Read more|Related):|[–-] (?:video|audio|live|in pictures|gallery)$"
)
_STOP = re.compile(r"[.!?…][\"'’”)\]]*\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of a copy: its span in the text, and the parts found in it. The first character is its boundary."""

    start: int
    end: int
    headline: str | None
    body: str
    marker: Marker | None = None
    probability: float | None = None
    joined_probability: float | None = None


def clocked_sections(text: str) -> list[Section]:
    """Cut a text at its clocks; an empty list where it is no copy of a live blog with clocks."""
    markers = _markers(text)
    if len(markers) < 3:
        return []
    before = _headlines_before(text, markers)
    floors = [0, *(marker.end for marker in markers)]
    starts = [_start(text, marker, floor, before) for floor, marker in zip(floors, markers, strict=False)]
    ends = [*starts[1:], len(text)]
    after = _headlines_after(text, markers, starts, ends, before)
    sections = [
        _section(text, marker, start, end, is_before=marker.style in before, after=after)
        for marker, start, end in zip(markers, starts, ends, strict=True)
    ]
    return sections if _is_coverage(text, sections) else []


def _markers(text: str) -> list[Marker]:
    """Return the clocks that date entries, in order."""
    found = _common(list(line_markers(text)))
    taken = {at for one in found for at in range(one.start, one.end)}
    inside = [one for one in inline_markers(text) if one.start not in taken]
    if found and len(found) >= len(text.split()) / 400:  # clocks have lines of their own: those inside lines are speech
        inside = [one for one in inside if one.style.startswith(("twice", "author"))]
    inside = _on_the_run(_common(inside))
    merged = _without_contents(sorted([*found, *inside], key=lambda one: one.start))
    timed = [one.minutes for one in merged if one.minutes is not None]
    return merged if direction_of(timed)[1] >= 0.7 else []


def _without_contents(markers: list[Marker]) -> list[Marker]:
    """Leave out a list of contents before the posts: all its clocks, three different ones or more, come again in order.

    They are compared as stated: posts of one hour say "1 hour ago" again and again, but in no such order.
    """
    stated = [one.stated for one in markers]
    posts_at = next((n for n in range(3, len(stated)) if stated[n] == stated[0]), len(stated))
    contents, posts = stated[:posts_at], iter(stated[posts_at:])
    return markers[posts_at:] if len(set(contents)) >= 3 and all(one in posts for one in contents) else markers


def _common(markers: Sequence[Marker]) -> list[Marker]:
    counts = Counter(one.style for one in markers)
    places = {_place(style) for style, count in counts.items() if count >= 3}
    return [one for one in markers if _place(one.style) in places]


def _place(style: str) -> str:
    return style.partition("|")[0]


def _on_the_run(markers: list[Marker]) -> list[Marker]:
    timed = [one for one in markers if one.minutes is not None]
    keeps = running([one.minutes or 0 for one in timed])
    return [one for one, keep in zip(timed, keeps, strict=True) if keep or one.style.startswith("twice")]


def _headlines_before(text: str, markers: Sequence[Marker]) -> dict[str, float]:
    """Name the styles whose headlines stand before the clock, and the share that has one: no sentence ends that way."""
    found = {}
    for style in {one.style for one in markers}:
        own = [one for one in markers if one.style == style]
        if style.startswith(("leads", "twice", "inline")):
            continue
        ahead = sum(is_title(_line_before(text, one.start)) for one in own) / len(own)
        behind = sum(is_title(_line_after(text, one.end)) for one in own) / len(own)
        if style.startswith("trails") or ahead > behind + (0.0 if style.startswith("author") else 0.2):
            found[style] = ahead
    return found


def is_title(line: str) -> bool:
    """Say whether a line has the form of a headline: one line, not too long, not ending as a sentence does.

    A picture's credit, an address, a tweet's tail and the title of a linked video or gallery are none.
    """
    line = line.strip()
    return 0 < len(line) <= _TITLE_LONGEST and not _SENTENCE_END.search(line) and not _NO_TITLE.search(line)


def _line_before(text: str, at: int) -> str:
    head = text[max(at - 2 * _TITLE_LONGEST, 0) : at].rstrip()
    return head[head.rfind("\n") + 1 :]


def _line_after(text: str, at: int) -> str:
    return text[at : at + 2 * _TITLE_LONGEST].lstrip().split("\n", 1)[0]


def _start(text: str, marker: Marker, floor: int, before: Mapping[str, float]) -> int:
    """Return where a marker's entry begins: at its clock, or at the headline before it."""
    if marker.style not in before:
        return marker.start
    head = text[floor : marker.start].rstrip()
    if "\n" in text or marker.style.startswith("trails"):
        line = head[head.rfind("\n") + 1 :]
        is_alone = "\n" not in head.strip() and (floor == 0 or before[marker.style] >= 0.8)
        is_cry = 0 < len(line) <= 160 and line[-1] in "!?" and (is_alone or "\n" in head.strip())
        can = is_title(line) or is_cry or (is_alone and 0 < len(line) <= 100)
        return floor + len(head) - len(line) if can else marker.start
    stops = [match.end() for match in _STOP.finditer(head)]
    at = floor + (stops[-1] if stops else 0)
    return at if is_title(text[at : marker.start]) else marker.start


def _headlines_after(
    text: str, markers: Sequence[Marker], starts: Sequence[int], ends: Sequence[int], before: Mapping[str, float]
) -> float:
    """Return the share of the entries whose first line after the clock has the form of a headline."""
    lines = [
        is_title(_line_after(text, marker.end))
        for marker, _, end in zip(markers, starts, ends, strict=True)
        if marker.style not in before and text[marker.end : end].strip()
    ]
    return sum(lines) / max(len(lines), 1)


def _section(text: str, marker: Marker, start: int, end: int, *, is_before: bool, after: float) -> Section:
    headline = text[start : marker.start].strip(" \n*+") or None
    body = text[marker.end : end].strip(" \n*+")
    if headline is None and not is_before:
        first, _, rest = body.partition("\n")
        if _takes_first_line(first, rest, after):
            headline, body = first.strip(" *+"), rest.strip()
    return Section(start=start, end=end, headline=headline, body=body, marker=marker)


def _takes_first_line(first: str, rest: str, share: float) -> bool:
    """Say whether the first line after a clock is a headline, given how common headlines are in this copy."""
    if share >= 0.6:
        return is_title(first) or (len(first) <= 160 and bool(rest.strip()) and first[-1:] in {"!", "?", "'", "’", "”"})
    return is_title(first) and bool(rest.strip()) and len(first) <= 160 and first[:1].isupper()


def _is_coverage(text: str, sections: Sequence[Section]) -> bool:
    """Say whether the entries are coverage: they hold most of the text and are no list of bare titles."""
    words = sorted(len(one.body.split()) + len((one.headline or "").split()) for one in sections)
    others = words[:-1]  # the last entry of a timetable swallows the rest of its article
    told = sum(bool(_SENTENCE.search(one.body or one.headline or "")) for one in sections)
    holds_most = sum(words) * 2 >= len(text.split())
    return holds_most and sum(others) >= 6 * len(others) and told * 8 >= len(sections)
