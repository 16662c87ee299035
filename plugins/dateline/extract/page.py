"""One capture, parsed at most once: every format reads from the same tree and the same JSON-LD."""

import codecs
import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from dateline.errors import ExtractError
from dateline.model import Reject, Snapshot

MAX_JSON_LD_BYTES = 5_000_000
MAX_JSON_LD_NODES = 20_000
MAX_DEPTH = 64

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Page:
    """A snapshot and the parsed forms of it, made when first asked for and kept.

    ``rejects`` collects what could not be read on the way (a broken JSON-LD script, say): the rest
    of the page is read all the same.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Wrap a snapshot; nothing is parsed yet."""
        self.snapshot = snapshot
        self.rejects: list[Reject] = []

    @cached_property
    def text(self) -> str:
        """The body as text, by BOM, header, meta or detection."""
        return decode(self.snapshot)

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The tree, by the HTML standard's own rules: no depth or size is dropped in silence."""
        return LexborHTMLParser(self.text)

    @cached_property
    def looks_like(self) -> str:
        """Name the outermost syntax: ``json``, ``xml``, ``html``, ``text``, ``binary`` or ``empty``."""
        return _syntax(self.text)

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises :class:`ExtractError` if it is not."""
        try:
            return orjson.loads(self.text)
        except orjson.JSONDecodeError as error:
            raise ExtractError(f"the body is not JSON: {error}") from error

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """Every JSON-LD object of the page, those in lists and ``@graph`` too, outermost first."""
        found: list[dict[str, Any]] = []
        for number, script in enumerate(self.html.css('script[type="application/ld+json"]')):
            try:
                found.extend(_objects(_tolerant_json(script.text())))
            except ExtractError as error:
                self.rejects.append(Reject(where=f"script[ld+json][{number}]", why=str(error)))
        return tuple(found)


def decode(snapshot: Snapshot) -> str:
    """Decode a body once: BOM, then header, then meta, then UTF-8, then Windows-1252. Never raises."""
    body = snapshot.body
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    for name in _stated_charsets(snapshot):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("windows-1252", "replace")


def _stated_charsets(snapshot: Snapshot) -> Iterator[str]:
    header = _HEADER_CHARSET.search(snapshot.header("content-type") or "")
    meta = _META_CHARSET.search(snapshot.body[:4096])
    for name in (header and header[1], meta and meta[1].decode("ascii", "replace")):
        if name and name.lower() not in {"utf-7", "idna", "punycode"}:
            yield "windows-1252" if name.lower() in {"iso-8859-1", "latin1", "ascii", "us-ascii"} else name


def _syntax(text: str) -> str:
    head = text[:2048].lstrip("\ufeff \t\r\n")
    if not head:
        return "empty"
    if "\x00" in head:
        return "binary"
    if head[0] in "{[":
        return "json"
    lowered = head.lower()
    if lowered.startswith(("<?xml", "<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex")):
        return "html" if "<html" in lowered else "xml"
    return "html" if re.search(r"<(!doctype|html|head|body|div|p|article|script|meta|title)\b", lowered) else "text"


def _tolerant_json(text: str) -> Any:
    if len(text) > MAX_JSON_LD_BYTES:
        raise ExtractError(f"JSON-LD of {len(text):,} characters: more than {MAX_JSON_LD_BYTES:,} are not read")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text.strip().removesuffix(";"), strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ExtractError(f"broken JSON-LD: {error}") from error


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Walk lists and ``@graph`` without recursion; stop at the limits instead of following forever."""
    queue: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while queue:
        current, depth = queue.pop(0)
        seen += 1
        if depth > MAX_DEPTH or seen > MAX_JSON_LD_NODES:
            raise ExtractError("JSON-LD nested or repeated beyond the limits")
        if isinstance(current, list):
            queue[:0] = [(one, depth + 1) for one in current]
        elif isinstance(current, dict):
            yield current
            if "@graph" in current:
                queue.insert(0, (current["@graph"], depth + 1))
