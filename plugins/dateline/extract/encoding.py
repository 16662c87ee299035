"""The bytes of a body as text: labels lie, so what the bytes are comes first.

In this order: a byte-order mark; UTF-16 by its zero bytes; valid UTF-8 (text of another encoding that
is valid UTF-8 beyond ASCII by chance is very rare, a wrong label is not); the header; the ``meta`` of
the page; UTF-8 where less than one character in a hundred is broken; Windows-1252. Only encodings of
the WHATWG standard are believed: a label may name any codec of Python's, ``punycode`` or ``zlib``.
"""

import codecs
import re
from collections.abc import Iterator

from dateline.model import Snapshot

_META_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PIECE = 8_192
_STATEFUL = b"\x1b"  # ISO-2022-JP is ASCII with escapes
_LABELS = """
utf-8 cp866 cp874 koi8-r koi8-u mac-roman mac-cyrillic gb18030 big5hkscs euc_jp iso2022_jp cp932 cp949
iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15
iso8859-16 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
"""
_KNOWN = frozenset(_LABELS.split())
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}


def decode(snapshot: Snapshot) -> tuple[str, str]:
    """Decode a body once; return the text and the encoding's name. Never raises; what fits none becomes U+FFFD."""
    body = snapshot.body
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), f"{name} with a mark"
    if wide := _wide(body[:512]):
        return body.decode(wide, "replace"), wide
    if _STATEFUL in body and body.isascii():
        return _by_label(snapshot)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _by_label(snapshot)


def is_utf8(body: bytes) -> bool:
    """Say whether a body is UTF-8 as it stands, so that its bytes can be searched and parsed without decoding it.

    It is looked at in pieces: one character beyond ASCII makes the whole text two or four times as wide, and
    to fill so much memory costs more than all the rest of decoding.
    """
    if body.startswith(codecs.BOM_UTF8) or _wide(body[:512]) or (_STATEFUL in body and body.isascii()):
        return False
    start, end = 0, len(body)
    try:
        while start < end:
            start += codecs.utf_8_decode(body[start : start + _PIECE], "strict", start + _PIECE >= end)[1]
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of its markup is zero."""
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return None
    return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _by_label(snapshot: Snapshot) -> tuple[str, str]:
    for name in _stated_charsets(snapshot):
        try:
            return snapshot.body.decode(name), name
        except (LookupError, UnicodeDecodeError):
            continue
    text = snapshot.body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(1 for one in text[:100_000] if one > "\x7f")
    if broken * 100 <= len(text) and broken * 10 <= beyond:
        return text, "utf-8 with errors"
    return snapshot.body.decode("windows-1252", "replace"), "windows-1252"


def _stated_charsets(snapshot: Snapshot) -> Iterator[str]:
    header = _HEADER_CHARSET.search(snapshot.header("content-type") or "")
    meta = _META_CHARSET.search(snapshot.body[:4096])
    for name in (header and header[1], meta and meta[1].decode("ascii", "replace")):
        if known := _known(name or ""):
            yield known


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _KNOWN else None
