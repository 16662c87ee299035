"""JSON in pages, as pages really write it: JSON-LD, data scripts, assignments in JavaScript.

The ladder for broken JSON, each step only where the one before failed: strict; lenient on control
characters, a trailing semicolon and entities; then a reader of JavaScript literals, which knows
comments, trailing commas, single quotes and CDATA wrappers. Sizes, depths and node counts are bounded,
every walk is a loop, and what breaks a bound is refused by :class:`ExtractError`.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import chompjs
import orjson

from dateline.errors import ExtractError

MAX_JSON_CHARACTERS = 5_000_000
MAX_BROKEN_CHARACTERS = 1_000_000
MAX_NODES = 20_000
MAX_DEPTH = 64


def tolerant_json(text: str) -> Any:
    """Read JSON that people wrote. Raises :class:`ExtractError` where it cannot be read or is too big."""
    if len(text) > MAX_JSON_CHARACTERS:
        raise ExtractError(f"JSON of {len(text):,} characters: more than {MAX_JSON_CHARACTERS:,} are not read")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        reason = str(error)
    if len(text) > MAX_BROKEN_CHARACTERS:
        raise ExtractError(f"broken JSON: {reason}")
    for step in (_lenient, _unescaped, _javascript):
        try:
            return _clean(step(text))
        except (ValueError, RecursionError, StopIteration):
            continue
    raise ExtractError(f"broken JSON: {reason}")


def _lenient(text: str) -> Any:
    return json.loads(text.strip("\ufeff \t\r\n;"), strict=False, parse_constant=lambda _: None)


def _unescaped(text: str) -> Any:
    if "&quot;" not in text:
        raise ValueError("no entities in it")
    return _lenient(html.unescape(text))


def _javascript(text: str) -> Any:
    return chompjs.parse_js_object(text, loader_kwargs={"strict": False, "parse_constant": lambda _: None})


def _clean(value: Any) -> Any:
    """Bring a leniently read value into the strict form: no half surrogates, no endless numbers."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return orjson.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def json_ld_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Walk lists, ``@graph`` and ``mainEntity`` in page order; raise instead of following forever."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while stack:
        current, depth = stack.pop()
        seen += 1
        if depth > MAX_DEPTH or seen > MAX_NODES:
            raise ExtractError("JSON-LD nested or repeated beyond the limits")
        if isinstance(current, list):
            stack.extend((one, depth + 1) for one in reversed(current))
        elif isinstance(current, dict):
            yield current
            below = [current[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in current]
            stack.extend((one, depth + 1) for one in reversed(below))


def objects_of(value: Any, limit: int = 200_000) -> Iterator[dict[str, Any]]:
    """Walk every object of a JSON value, outermost first, up to ``limit`` nodes."""
    stack: list[Any] = [value]
    seen = 0
    while stack and seen < limit:
        current = stack.pop()
        seen += 1
        if isinstance(current, dict):
            yield current
            stack.extend(one for one in reversed(current.values()) if isinstance(one, dict | list))
        elif isinstance(current, list):
            stack.extend(one for one in reversed(current) if isinstance(one, dict | list))


def assigned(text: str, name: str) -> Any:
    """Read the literal that a script assigns to ``name``; a string literal is read as JSON once more.

    Raises :class:`ExtractError` where nothing is assigned or it cannot be read.
    """
    found = re.search(rf"{re.escape(name)}\s*=\s*", text)
    if not found:
        raise ExtractError(f"no {name} in the page")
    rest = text[found.end() :]
    end = rest.find("</script")
    literal = rest[: end if end >= 0 else len(rest)].strip().rstrip(";")
    if literal.startswith('"'):
        return tolerant_json(_string(literal))
    return tolerant_json(literal)


def _string(literal: str) -> str:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(literal)
    except ValueError as error:
        raise ExtractError(f"a string literal that does not end: {error}") from error
    return str(value)
