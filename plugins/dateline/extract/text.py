"""Markup to plain text: one paragraph a line, without what is not the post's own words.

What breaks a line is what a browser shows on a line of its own. Scripts, pictures, buttons and forms
hold no words of the post. A publisher's own furniture (captions, bylines, share links) is named by
the format, as CSS, because only the format knows it.

Bodies in JSON are plain text, or HTML, or HTML escaped once or twice: :func:`plain` takes any.
"""

import html
import re
from collections.abc import Container, Iterable
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BREAKING = """
address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure footer
h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_SPEECHLESS = """
audio button canvas datalist embed form head iframe input math meta nav noscript object picture script select source
style svg template textarea title track video
"""
BREAKS = frozenset(_BREAKING.split())
SILENT = frozenset((*_SPEECHLESS.split(), "-comment", "!doctype"))
MAX_TEXT = 1_000_000
"""Characters of one post's text that are read."""

MAX_LINE = 10_000
"""Characters of a headline, a name, a caption that are read."""

_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?|!--.*?--)>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|sub|sup|small|abbr|mark)(?:\s[^<>]*)?>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad]")
_BREAK = "\x00"
"""Stands for a line break while text is gathered: HTML text never holds it, and its own line breaks are spaces."""


def paragraphs(root: LexborNode, without: str = "", parts: Iterable[LexborNode] = ()) -> str:
    """Return the text below a node, one paragraph a line, leaving out what the CSS ``without`` names, and ``parts``."""
    left_out = matches(root, without) if without else frozenset()
    left_out |= {one.mem_id for one in parts}
    return _lines("".join(_pieces(root, left_out))[:MAX_TEXT].split(_BREAK))


def matches(root: LexborNode, css: str) -> frozenset[int]:
    """Return the memory ids of the nodes below ``root`` that match."""
    return frozenset(node.mem_id for node in root.css(css))


def select(root: LexborNode | LexborHTMLParser, css: str) -> list[LexborNode]:
    """Return what matches, in page order, each node once: a query with commas finds some twice."""
    nodes = root.css(css)
    if "," not in css or len(nodes) < 2:
        return nodes
    return list({one.mem_id: one for one in nodes}.values())


def _pieces(root: LexborNode, left_out: Container[int]) -> list[str]:
    """Gather the words below a node in one walk down the page, which lexbor does many times faster than Python could.

    Such a walk tells where an element begins, not where it ends: that is where the node behind it comes by.
    """
    pieces: list[str] = []
    is_in_line = False
    line_ends: set[int] = set()
    skipped_to: int | None = None
    nodes = root.traverse(include_text=True)
    next(nodes)  # the root itself
    for node in nodes:
        place = node.mem_id
        if skipped_to is not None and place != skipped_to:
            continue
        skipped_to = None
        tag = node.tag
        is_silent = tag in SILENT or place in left_out
        if is_in_line and (place in line_ends or (tag in BREAKS and not is_silent)):
            pieces.append(_BREAK)
            is_in_line = False
        if tag == "-text":
            words = node.text_content
            if words and (is_in_line or not words.isspace()):
                pieces.append(words)
                is_in_line = True
        elif is_silent:
            skipped_to = _behind(node, root)
        elif tag in BREAKS:
            line_ends.add(_behind(node, root))
    return pieces


def _behind(node: LexborNode, root: LexborNode) -> int:
    """Return the memory id of the first node behind an element and all that it holds; 0 where the root ends there."""
    while (after := node.next) is None:
        above = node.parent
        if above is None or above.mem_id == root.mem_id:
            return 0
        node = above
    return after.mem_id


def _lines(parts: Iterable[str]) -> str:
    """Join parts to a line each, spaces collapsed, empty ones and control characters dropped."""
    return "\n".join(filter(None, map(_collapsed, parts)))


def _collapsed(text: str) -> str:
    """Collapse spaces and drop control characters: most lines hold neither, which is a tenth of the work to see.

    Of all white space and controls only the space itself is printable.
    """
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_CONTROLS.sub("", text).split())


def tidy(text: str) -> str:
    """Collapse spaces, drop empty lines and control characters; a line break stays one."""
    text = text[:MAX_TEXT]
    return _lines((text.replace("\r", "\n") if "\r" in text else text).split("\n"))


def line(text: str | None) -> str | None:
    """Return a text as one tidy line, or None where nothing is left of it."""
    return _collapsed(text[:MAX_TEXT]) or None if text else None


def byline(words: str | None) -> str | None:
    """Return who a byline names, without its "By"."""
    return re.sub(r"^(?:[Bb]y|BY)\s+", "", words) or None if words else None


def plain(stated: str) -> str:
    """Return the text of a body that may be plain, HTML, or escaped once or twice; one paragraph a line."""
    for _ in range(3):
        if "<" in stated and _TAG.search(stated):
            bare = _INLINE.sub("", stated)  # links and emphasis alone need no parser, which costs 0.1 ms
            stated = _text_of_markup(stated) if _TAG.search(bare) else bare
        elif "&" in stated and _ESCAPED.search(stated):
            stated = html.unescape(stated)
        else:
            break
    return tidy(stated)


@lru_cache(maxsize=4096)
def plain_line(stated: str) -> str | None:
    """Return what :func:`plain` returns, on one line, or None where that is empty."""
    return line(plain(stated[:MAX_LINE]))


def _text_of_markup(stated: str) -> str:
    return paragraphs(fragment(stated))


def fragment(markup: str) -> LexborNode:
    """Parse a piece of HTML and return the node that holds it."""
    tree = LexborHTMLParser(f"<body>{markup}")
    root = tree.body or tree.root
    if root is None:  # pragma: no cover - lexbor makes a body for any input
        raise ValueError("lexbor made no tree")
    return root
