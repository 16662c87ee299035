"""``dateline compare``: two texts side by side, the shared passages marked, and the verdict with its numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two texts."""

    title: str
    text: str
    is_live: bool


def compare_command(
    one: Annotated[str, typer.Argument(metavar="A", help="A file, or a stored document: its id, its address.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The same; A is taken for the copy.")],
    page: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page.")] = None,
) -> None:
    """Compare two texts: what they share, how much of each side that is, and what it makes them."""
    from rich.console import Console

    from dateline.cli.page_file import write_page
    from dateline.syndication.compare import compare, to_html, to_terminal

    left, right = _side(one), _side(other)
    comparison = compare(left.text, right.text, is_live=left.is_live or right.is_live)
    if page is None:
        Console().print(to_terminal(comparison, (left.title, right.title)))
        return
    write_page(page, to_html(comparison, (left.title, right.title)))


def _side(named: str) -> Side:
    from dateline.cli.captures import is_address

    return _of_file(Path(named)) if not is_address(named) and Path(named).is_file() else _of_document(named)


def _of_file(path: Path) -> Side:
    from dateline.cli.captures import capture_of_file
    from dateline.reading import read

    readings = read(capture_of_file(path))
    return Side(
        title=readings[0].document.title or path.name,
        text="\n".join(_texts(readings)),
        is_live=any(one.document.kind == "live_blog" for one in readings),
    )


def _texts(readings: "Iterable[Reading]") -> "Iterable[str]":
    for one in readings:
        if one.document.lead:
            yield one.document.lead
        for entry in one.entries:
            yield "\n".join(filter(None, (entry.headline, entry.text)))


def _of_document(named: str) -> Side:
    from dateline.cli.warehouse import opened
    from dateline.replay.documents import find_document, text_of
    from dateline.settings import load_settings

    with opened(load_settings()) as (engine, _):
        found = find_document(engine, named)
        words = text_of(engine, found.document_id)
        return Side(title=found.title or found.document_id, text=words, is_live=found.is_live)
