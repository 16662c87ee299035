"""A page as a reader sees it: its lines in order, each with what sets it apart.

One walk over the tree gives every line of text with how much of its beginning is bold, whether it is a
heading, how much of it is a link, the ``time`` element that opens it, and the elements that it stands in.
Readers of pages whose posts have no element of their own cut their posts out of these lines.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from dateline.extract.text import BREAKS, SILENT, matches

FURNITURE = (
    "nav, footer, aside, form, button, figcaption, [role=navigation], [role=complementary], [role=banner],"
    " [aria-hidden=true], [hidden]"
)
"""What HTML itself says is not the page's own text."""

_QUOTED = frozenset(
    ["img", "video", "audio", "iframe", "blockquote"]
    + [f"amp-{one}" for one in ("img", "twitter", "instagram", "youtube", "video", "iframe", "jwplayer", "facebook")]
)
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6}
MAX_LINES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page; ``inside`` names (by memory id) the elements that it stands in, outermost first."""

    text: str
    bold: int  # characters from the beginning that are bold
    heading: int  # 1 to 6; 0 where it is none
    linked: int  # characters that are links
    time: str | None  # the datetime of the time element that it opens with
    node: LexborNode  # the innermost element that begins a line of its own
    inside: tuple[int, ...]

    @property
    def is_bold(self) -> bool:
        """Say whether the whole line is bold or a heading."""
        return self.bold >= len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A picture, video, tweet or quotation: it stands before the line of this number."""

    before: int
    node: LexborNode
    inside: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The lines of a page, and what is quoted between them."""

    lines: list[Line]
    quotes: list[Quote]


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the elements around it, and the line begun."""

    lines: list[Line]
    quotes: list[Quote]
    above: list[LexborNode]
    inside: list[int]  # the memory ids of those above
    pieces: list[tuple[str, bool, bool]]  # text, bold, linked
    bold: int = 0
    links: int = 0
    heading: int = 0
    time: str | None = None


def sheet_of(root: LexborNode, without: str = FURNITURE) -> Sheet:
    """Return the lines and quotes below a node in page order, without what the CSS ``without`` names."""
    left_out = matches(root, without) if without else frozenset()
    walk = _Walk(lines=[], quotes=[], above=[root], inside=[root.mem_id], pieces=[])
    node = root.first_child
    while len(walk.above) > 1 or node is not None:
        if node is None:
            node = walk.above[-1]
            _leave(node, walk)
            node = node.next
            continue
        below = _enter(node, walk, left_out)
        node = below if below is not None else node.next
        if len(walk.lines) > MAX_LINES:
            break
    _flush(walk)
    return Sheet(lines=walk.lines, quotes=walk.quotes)


def _enter(node: LexborNode, walk: _Walk, left_out: Container[int]) -> LexborNode | None:
    """Take in one node; return its first child where the walk goes down into it."""
    tag = node.tag or "-"
    if tag == "-text":
        words = node.text_content or ""
        if walk.pieces or not words.isspace():  # the space between two elements begins no line
            walk.pieces.append((words, walk.bold > 0, walk.links > 0))
        return None
    if tag[0] == "-" or node.mem_id in left_out:
        return None
    if tag in BREAKS:
        _flush(walk)
    if tag in _QUOTED:
        walk.quotes.append(Quote(before=len(walk.lines), node=node, inside=tuple(walk.inside)))
    if tag in SILENT:
        return None
    below = node.first_child
    if below is None:
        return None
    _open(node, tag, walk)
    walk.above.append(node)
    walk.inside.append(node.mem_id)
    return below


def _open(node: LexborNode, tag: str, walk: _Walk) -> None:
    walk.bold += tag in _BOLD
    walk.links += tag == "a"
    if tag in _HEADINGS:
        walk.heading = _HEADINGS[tag]
    elif tag == "time":
        if not any(text.strip() for text, _, _ in walk.pieces):
            walk.time = node.attributes.get("datetime") or ""
        walk.pieces.append((" ", walk.bold > 0, False))  # what stands next to a time is shown apart from it


def _leave(node: LexborNode, walk: _Walk) -> None:
    tag = node.tag
    if tag in BREAKS:
        _flush(walk)
    walk.above.pop()
    walk.inside.pop()
    if tag == "time":
        walk.pieces.append((" ", walk.bold > 0, False))
    walk.bold -= tag in _BOLD
    walk.links -= tag == "a"
    if tag in _HEADINGS:
        walk.heading = 0


def _flush(walk: _Walk) -> None:
    """End the line begun, if there is any text in it."""
    if not walk.pieces:
        return
    pieces, walk.pieces = walk.pieces, []
    stated, walk.time = walk.time, None
    text = _joined(pieces)
    if not text:
        return
    walk.lines.append(
        Line(
            text=text,
            bold=min(len(text), len(_joined(_leading_bold(pieces)))) if any(bold for _, bold, _ in pieces) else 0,
            heading=walk.heading,
            linked=sum(len(" ".join(piece.split())) for piece, _, linked in pieces if linked),
            time=stated,
            node=next((one for one in reversed(walk.above) if one.tag in BREAKS), walk.above[-1]),
            inside=tuple(walk.inside),
        )
    )


def _joined(pieces: Sequence[tuple[str, bool, bool]]) -> str:
    return " ".join("".join(text for text, _, _ in pieces).split())


def _leading_bold(pieces: Sequence[tuple[str, bool, bool]]) -> Sequence[tuple[str, bool, bool]]:
    count = next((number for number, (text, bold, _) in enumerate(pieces) if text.strip() and not bold), len(pieces))
    return pieces[:count]
