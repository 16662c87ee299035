"""One capture, parsed at most once: every format reads from the same text, tree and JSON-LD.

Nothing here raises for a broken page but :class:`ExtractError`, and nothing takes more than time and
memory in proportion to a bounded size. What could not be read on the way stands in ``rejects``; the
rest of the page is read all the same.
"""

import re
from functools import cached_property
from typing import Any

import numpy as np
import orjson
from selectolax.lexbor import LexborHTMLParser

from dateline.errors import ExtractError
from dateline.extract.encoding import decode, is_utf8
from dateline.extract.head import Head
from dateline.extract.scripts import json_ld_objects, tolerant_json
from dateline.model import Reject, Snapshot

MAX_CHARACTERS = 15_000_000
"""Of one body; more is cut off, and said so. The tree of so much markup takes about 0.6 GB."""

MAX_NESTING = 5_000
"""Open elements; the HTML standard's algorithm is quadratic in it (20,000: 2.5 s; 5,000: 0.2 s)."""

FEW_TAGS = 12_000
"""Start and end tags of a body that cannot nest so deeply that it matters; live pages have fewer."""

OPENING = 16_384
"""Characters in which a body's outermost syntax shows."""

TAIL = 20_000
"""Bytes in which the end tag of a whole page stands."""

_ENDS = re.compile(rb"</html\s*>")
_NESTING_TAG = re.compile(r"<(/?)(?!p\b|li\b|t[drh]\b|d[td]\b|option\b|br\b|img\b|input\b|hr\b|meta\b|link\b)[a-zA-Z]")
_JSON_LD_SCRIPT = re.compile(
    r"<script[^>]{1,200}application/ld\+json[^>]{0,200}>(.*?)</script", re.DOTALL | re.IGNORECASE
)
_HTML_ROOTS = "!doctype|html|head|body|div|p|article|script|meta|title|section|main|ul"
_XML_ROOTS = r"(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex|opml)"
_XML_ROOT = re.compile(rf"<{_XML_ROOTS}[\s>]", re.IGNORECASE)
_WHOLE_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT_TAG = re.compile(rf"<(?:({_XML_ROOTS})|{_HTML_ROOTS})\b", re.IGNORECASE)


class Page:
    """A snapshot and the parsed forms of it, made when first asked for and kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Wrap a snapshot; nothing is parsed yet."""
        self.snapshot = snapshot
        self.rejects: list[Reject] = []

    @cached_property
    def _is_ready(self) -> bool:
        """Whether the body's own bytes may stand for its text: most pages are never decoded as a whole."""
        return len(self.snapshot.body) <= MAX_CHARACTERS and is_utf8(self.snapshot.body)

    @cached_property
    def text(self) -> str:
        """The body as text, by BOM, UTF-8, header, meta or detection; cut at the limit."""
        text = decode(self.snapshot)[0]
        if len(text) > MAX_CHARACTERS:
            why = f"{len(text):,} characters: only the first {MAX_CHARACTERS:,} are read"
            self.rejects.append(Reject(where="body", why=why))
            return text[:MAX_CHARACTERS]
        return text

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The tree, by the HTML standard's own rules: no depth or size is dropped in silence.

        Raises :class:`ExtractError` for a body nested so deeply that parsing would not end in time.
        """
        body = np.frombuffer(self.snapshot.body, np.uint8)  # bytes.count() takes ten times as long
        if np.count_nonzero(body == ord("<")) > FEW_TAGS and _nests_deeper(self.text, MAX_NESTING):
            raise ExtractError(f"elements nested more than {MAX_NESTING:,} deep: the markup is not read")
        return LexborHTMLParser(self.snapshot.body if self._is_ready else self.text)

    def holds(self, words: str) -> bool:
        """Say whether the body holds a string."""
        return words.encode() in self.snapshot.body if self._is_ready else words in self.text

    @cached_property
    def opening(self) -> str:
        """The first characters of the body, in which its outermost syntax shows."""
        if self._is_ready:
            return self.snapshot.body[: 4 * OPENING].decode("utf-8", "ignore")[:OPENING]
        return self.text[:OPENING]

    @cached_property
    def looks_like(self) -> str:
        """Name the outermost syntax: ``json``, ``xml``, ``html``, ``text``, ``binary`` or ``empty``."""
        return _syntax(self.opening)

    @cached_property
    def is_whole(self) -> bool:
        """Say whether the body ends as such a body should: half a page proves nothing of its rest."""
        if self.looks_like == "html":
            tail = self.snapshot.body[-TAIL:] if self._is_ready else self.text[-TAIL:].encode("utf-8", "replace")
            return _ENDS.search(tail.lower()) is not None
        return not any(one.where == "body" for one in self.rejects)

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises :class:`ExtractError` if it is not."""
        try:
            return orjson.loads(self.text.lstrip("\ufeff"))
        except orjson.JSONDecodeError as error:
            if self.looks_like != "json":
                raise ExtractError(f"the body is not JSON: {error}") from error
        return tolerant_json(self.text)

    @cached_property
    def head(self) -> Head:
        """What the page's ``head`` says; nothing where there is no tree to be had."""
        try:
            return Head(self.html if self.looks_like == "html" else None)
        except ExtractError:
            return Head(None)

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """Every JSON-LD object of the page, those in lists and ``@graph`` too, in page order."""
        found: list[dict[str, Any]] = []
        for number, script in enumerate(self._json_ld_scripts()):
            try:
                found.extend(json_ld_objects(tolerant_json(script)))
            except ExtractError as error:
                self.rejects.append(Reject(where=f"script[ld+json][{number}]", why=str(error)))
        return tuple(found)

    def _json_ld_scripts(self) -> list[str]:
        if self.looks_like == "json":
            return [self.text]
        if not self.holds("ld+json"):
            return []
        try:
            nodes = self.html.css('script[type*="ld+json"]')
        except ExtractError:
            return _JSON_LD_SCRIPT.findall(self.text)
        return [node.text() for node in nodes]


def _nests_deeper(text: str, limit: int) -> bool:
    """Count open elements, roughly: some end without saying so."""
    depth = 0
    for found in _NESTING_TAG.finditer(text):
        depth += -1 if found[1] else 1
        if depth > limit:
            return True
    return False


def _syntax(head: str) -> str:
    head = head.lstrip("\ufeff \t\r\n")
    if not head:
        return "empty"
    if "\x00" in head[:2048]:
        return "binary"
    if head[0] in "{[":
        return "json"
    found = _ROOT_TAG.search(head)
    if found is None:
        return "xml" if head[:5].lower() == "<?xml" else "text"
    if found[1] is None and (_WHOLE_HTML.search(head) or not _XML_ROOT.search(head)):
        return "html"
    return "xml"  # a feed may stand behind a message of its server, or a stray tag
