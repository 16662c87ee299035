"""Golden cases: a folder each, ``tests/cases/<format>/<case>/``, of fictional captures in real shapes.

``page.html`` (or ``.json``, ``.xml``, ``.txt``)
    the body of the answer, byte for byte.
``snapshot.toml``
    how it was captured. ``url``, ``captured_at`` (RFC 3339, quoted) and a table ``[headers]``, each where it
    matters; ``format = "name"`` to force a reader, ``traps = [1, 18]`` for the traps that it is about,
    ``note`` for what a reader of the case should see, a table ``[source]`` with fields of a source
    (``zone = "Europe/London"``), ``error = "part of the message"`` where the page must be refused.
``stated.ndjson``
    what :func:`dateline.extract.recognise.read_page` must say: the document in the first line, then a
    line a block, then a line an item (a feed's or topic page's). Fields at their default are left out,
    and the bounds of an exact time.
``readings.ndjson``
    what :func:`dateline.reading.read` must make of it: for each reading a line for the document, its
    dating, conflicts and rejects, then a line an entry.

Write a case: make the folder with ``page.*`` and ``snapshot.toml``, run
``pytest tests/test_cases.py --update-golden -k <case>``, and read what it wrote as a reviewer would.
The folder's name is the format that must read it, unless the case forces another.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pendulum

from dateline.model import Dating, Document, Reading, Snapshot
from dateline.source import ANY_SOURCE, Source

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One folder, read."""

    folder: Path
    about: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.folder.relative_to(CASES).as_posix()

    @property
    def snapshot(self) -> Snapshot:
        body = next(one for one in sorted(self.folder.iterdir()) if one.stem == "page").read_bytes()
        captured = self.about.get("captured_at")
        return Snapshot(
            body=body,
            url=self.about.get("url"),
            captured_at=pendulum.parse(captured) if captured else None,
            headers=tuple(self.about.get("headers", {}).items()),
        )

    @property
    def source(self) -> Source:
        stated = self.about.get("source")
        return Source(source_id="case", **stated) if stated else ANY_SOURCE


def cases() -> list[Case]:
    """Find every case folder: a ``snapshot.toml`` makes one."""
    found = sorted(CASES.glob("*/*/snapshot.toml"))
    return [Case(folder=one.parent, about=tomllib.loads(one.read_text(encoding="utf-8"))) for one in found]


def document_lines(document: Document) -> Iterator[str]:
    """Write a document: itself, then its blocks, then its items."""
    yield _line(plain_value(document, skip=("blocks", "items")))
    for block in document.blocks:
        yield _line(plain_value(block))
    for item in document.items:
        yield from document_lines(item)


def reading_lines(readings: list[Reading]) -> Iterator[str]:
    """Write readings: for each its judgement of the document, then its entries."""
    for reading in readings:
        about = plain_value(reading, skip=("document", "entries"))
        yield _line({"title": reading.document.title, "document_id": reading.document.document_id, **about})
        for entry in reading.entries:
            yield _line(plain_value(entry))


def plain_value(value: Any, skip: tuple[str, ...] = ()) -> Any:
    """Turn values into JSON's own types, leaving out what is at its default."""
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Dating) and value.earliest == value.at == value.latest:
            skip = ("earliest", "latest")  # an exact time is its own bounds
        stated = ((one, getattr(value, one.name)) for one in fields(value) if one.name not in skip)
        return {one.name: plain_value(found) for one, found in stated if found != _default(one)}
    if isinstance(value, tuple | list):
        return [plain_value(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, datetime) else value


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None if field.default is MISSING else field.default


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
