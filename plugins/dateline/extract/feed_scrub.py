"""Bring the text of a feed into a form that feedparser reads without raising.

feedparser promises to set a flag instead of raising, yet a few inputs make it raise all the same. The
one most like ordinary content is an emoji written as two surrogate references. What is changed here is
only what no reader could have used: references to characters that do not exist, and half surrogates.
The number of entries stays what it was. The charset is settled before (:mod:`dateline.extract.encoding`),
so that feedparser is told UTF-8 and never opens a codec that a prolog names.
"""

import re

_PAIR = re.compile(r"&#[xX]([dD][89abAB][0-9a-fA-F]{2});&#[xX]([dD][c-fC-F][0-9a-fA-F]{2});")
_DECIMAL_PAIR = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?", re.ASCII)
_UNKNOWN = "&#xFFFD;"


def scrubbed(text: str) -> bytes:
    """Return the text as UTF-8, each reference to an impossible character replaced by U+FFFD."""
    text = text.replace("\x00", "").lstrip("\ufeff \t\r\n")  # a blank before the prolog makes it ill-formed
    text = _PAIR.sub(lambda pair: _joined(int(pair[1], 16), int(pair[2], 16)), text)
    text = _DECIMAL_PAIR.sub(lambda pair: _joined(int(pair[1]), int(pair[2])), text)
    text = _REFERENCE.sub(lambda one: one[0] if _exists(one) else _UNKNOWN, text)
    return text.encode("utf-8", "replace")


def _joined(high: int, low: int) -> str:
    if not (0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF):
        return f"&#{high};&#{low};"
    return f"&#x{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):X};"


def _exists(reference: re.Match[str]) -> bool:
    digits = reference[1] or reference[2]
    if len(digits.lstrip("0")) > 7:
        return False
    number = int(digits, 16 if reference[1] else 10)
    return number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
