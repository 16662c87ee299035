"""What stands in a copy's text and is not its text: banners, captions, credits, adverts, read-more links, notices.

Each piece is found where its form says so, never by its subject:

* banners are placeholders in brackets (``[BANNER1]``) or lines such as ``Story continues``;
* credits are a label and names (``Author: …``, ``Translation: …``) that begin a line or stand at the end of the text;
* a picture's credit is a label (``Photo:``, ``Photograph:``, ``Credit:``) and what follows it, see `credit_end`; its
  caption is the sentence before it, if that has no finite verb of the common kind and no quotation;
* where such pictures were lost in one line of text, a short run without a verb that ends, without a stop, before a word
  that opens sentences is a caption too;
* a read-more link is a label and a title;
* adverts are the last sentences of a text if they sell something: a subscription, a trial, an application;
* notices and newsletter forms are whole lines, or whole sentences, of fixed wording.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.publishers import publishers
from dateline.split.labels import LABELS, credit_end, title_end
from dateline.split.lexicon import OPENERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One piece of furniture: where it stands, what it is, and the words worth keeping."""

    start: int
    end: int
    kind: str
    value: str


_BANNER = re.compile(
    r"\[(?:BANNER|ADVERT(?:ISEMENT)?|AD|VIDEO|EMBED|GALLERY|INFOGRAPHIC)[ _-]?\d*\]"
    r"|^(?:Advertisement|ADVERTISEMENT|Story continues(?: below)?|Article continues below(?: this advert)?)\s*$",
    re.MULTILINE,
)
_LABEL_NAMES = "|".join(re.escape(one) for one in LABELS)
_NAME = rf"(?!(?:{_LABEL_NAMES})\b)[^\W\d_a-z][\w'’.-]*"
_NAMES = rf"{_NAME}(?:[ \t]+(?:(?:de|da|van|von|der|al|bin|ter|of|the)[ \t]+)*{_NAME})*"
_SIGNED = re.compile(
    rf"\b(?P<label>{_LABEL_NAMES})(?::|(?<=by))\s+(?P<names>{_NAMES}(?:(?:,|;| and| &)[ \t]+{_NAMES})*)\.?"
)
_TAIL = 400  # characters from the end in which a label need not begin a line
_PHOTO = re.compile(
    r"\b(?:Photos?|Photographs?|Photography|Pictures?|Images?|Illustration|Composite|Credit)(?: credit)?:\s"
)
_MORE = re.compile(
    r"\b(?:Read more|READ MORE|Read also|Also read|See also|Related|More on this story):\s+|^Read more$", re.MULTILINE
)
_NOTICE = re.compile(
    r"(?:Follow (?:the|our) latest updates below|This (?:live )?blog (?:is|has) (?:now )?(?:been )?closed"
    r"|Please allow a moment for (?:our|the) live ?blog to load|Please turn on JavaScript to use this feature"
    r"|Show key events only|Updated (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]m)?(?: [A-Z]{2,4})?)\.?(?=\s|$)"
    r"|^(?:Share|Got a TV Licence\?.*|Comments?)$",
    re.MULTILINE,
)
_NEWSLETTER = re.compile(
    r"^(?:Sign up (?:to|for) |Subscribe to |Get (?:the|our) ).{0,160}(?:newsletter|email|inbox|briefing).{0,120}$",
    re.MULTILINE,
)
_SELLS = re.compile(
    r"free (?:for \d|trial|with)|for free\b|subscri(?:be|ption)|unlimited access|money-saving"
    r"|download (?:the|our)\b.*\bapp|become (?:a|our) (?:member|patron|supporter)|sign up (?:to|for|now)|reader-funded"
    r"|support (?:our|us|the)\b|award-winning (?:british )?journalism|% off|cancel any ?time",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][\"'’”)\]]*(?=\s|$)|(?=\n)|$)")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did|do|said|says|told|added|isn|aren|"
    r"wasn|weren|hasn|haven|hadn|won|wouldn|can|couldn|don|didn|doesn|I|we|you|they|he|she|it)\b|[\"“”‘]|(?<!\w)'"
)
_LOST_STOP = re.compile(r"(?<=[\w)]) (?=(?P<word>[A-Z][a-z]*)\b)")


def find_furniture(text: str) -> list[Span]:
    """Return the furniture of a text in order; no two spans overlap."""
    signed = list(_signed(text))
    pictures = [span for match in _PHOTO.finditer(text) for span in _picture(text, match)]
    found = [
        *signed,
        *pictures,
        *_read_more(text),
        *_adverts(text, min((one.start for one in signed), default=len(text))),
    ]
    found += [_span(match, "banner") for match in _BANNER.finditer(text)]
    found += [_span(match, "notice") for match in _NOTICE.finditer(text)]
    found += [_span(match, "newsletter") for match in _NEWSLETTER.finditer(text)]
    if any(one.kind in {"banner", "caption"} for one in found) and "\n" not in text.strip():
        found += _lost_captions(text, found)
    return _apart(found)


def without(text: str, spans: Sequence[Span]) -> str:
    """Return the text without the spans; words stay one space apart, and no line is left empty by a span."""
    kept: list[str] = []
    gap = ""
    for piece in _between(text, spans):
        core = piece.strip()
        if core and kept:
            gap += piece[: len(piece) - len(piece.lstrip())]
            kept.append("\n" if "\n" in gap else " ")
        if core:
            kept.append(core)
        gap = piece[len(piece.rstrip()) :] if core else gap + piece
    return "".join(kept)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with blanks in place of the spans: every offset stays what it was."""
    gaps = [" " * (span.end - span.start) for span in spans]
    pieces = _between(text, spans)
    return "".join(part for pair in zip(pieces, [*gaps, ""], strict=True) for part in pair)


def _between(text: str, spans: Sequence[Span]) -> list[str]:
    """Return what stands before, between and after the spans."""
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def credits_of(spans: Iterable[Span], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Gather what was taken out, by kind; several of a kind are joined by semicolons, in the order of the text."""
    gathered: dict[str, list[str]] = {kind: [value] for kind, value in (known or {}).items()}
    for span in spans:
        values = gathered.setdefault(span.kind, [])
        if span.value and span.value not in values:
            values.append(span.value)
    return {kind: "; ".join(values) for kind, values in gathered.items() if any(values)}


def _span(match: re.Match[str], kind: str) -> Span:
    return Span(start=match.start(), end=match.end(), kind=kind, value=match[0].strip())


def _signed(text: str) -> Iterator[Span]:
    for match in _SIGNED.finditer(text):
        begins_line = match.start() == 0 or text[match.start() - 1] == "\n"
        if begins_line or match.start() > len(text) - _TAIL:
            yield Span(start=match.start(), end=match.end(), kind=LABELS[match["label"]], value=match["names"].strip())


def _picture(text: str, match: re.Match[str]) -> Iterator[Span]:
    """Yield a picture's credit, and its caption where the sentence before is one."""
    end = credit_end(text, match.end())
    start = match.start()
    if not match[0].startswith("Credit"):
        caption = _last_sentence(text, start)
        if caption < start and not _FINITE.search(text[caption:start]) and len(text[caption:start].split()) <= 40:
            yield Span(start=caption, end=start, kind="caption", value=text[caption:start].strip())
    yield Span(start=start, end=end, kind="photo", value=text[match.end() : end].strip(" ."))


def _last_sentence(text: str, end: int) -> int:
    """Return where the sentence that ends at ``end`` begins; a banner or a line break begins one too."""
    head = text[max(end - 400, 0) : end].rstrip(" \t")
    starts = [match.end() for match in re.finditer(r"[.!?…][\"'’”)]*\s+|\]\s+|\n", head)]
    return max(end - 400, 0) + (starts[-1] if starts else 0 if end <= 400 else len(head))


def _read_more(text: str) -> Iterator[Span]:
    for match in _MORE.finditer(text):
        end = title_end(text, match.end()) if ":" in match[0] else match.end()
        if end is not None:
            yield Span(start=match.start(), end=end, kind="read_more", value=text[match.end() : end].strip())


def _adverts(text: str, end: int) -> Iterator[Span]:
    """Yield the last sentences before ``end`` if they sell something."""
    sentences = [match for match in _SENTENCE.finditer(text[:end]) if match[0].strip()][-6:]
    known = tuple(phrase for house in publishers() for phrase in house.adverts)
    start = None
    while sentences and (_SELLS.search(sentences[-1][0]) or any(one in sentences[-1][0].lower() for one in known)):
        last = sentences.pop()
        start = last.start() + len(last[0]) - len(last[0].lstrip())
    if start is not None:
        yield Span(start=start, end=len(text[:end].rstrip()), kind="advert", value=text[start:end].strip())


def _lost_captions(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Find captions whose pictures were lost: short runs without a verb that no stop ends."""
    ends = [
        match.start()
        for match in _LOST_STOP.finditer(text)
        if match["word"].lower() in OPENERS and match["word"] != "I"
    ]
    ends += [len(text[: one.start].rstrip()) for one in found if one.kind == "banner"]
    for end in ends:
        start = _last_sentence(text, end)
        run = text[start:end]
        if (
            2 <= len(run.split()) <= 18
            and run[0].isupper()
            and not set(run) & set(":;")
            and run[-1] not in ".!?…"
            and not _FINITE.search(run)
        ):
            yield Span(start=start, end=end, kind="caption", value=run.strip())


def _apart(found: Iterable[Span]) -> list[Span]:
    """Sort spans; of two that overlap, the earlier one stays."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
