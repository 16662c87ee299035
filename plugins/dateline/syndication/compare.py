"""Two texts side by side with their shared passages marked, and the verdict in numbers: for a person to judge.

Rendered for a terminal (rich) and as one self-contained HTML page. Texts come from the web, so neither
form lets them do anything: HTML is escaped, control characters never reach the terminal.
"""

import base64
import hashlib
import html
import re
from dataclasses import dataclass
from itertools import pairwise

from rich.columns import Columns
from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from dateline.syndication.normalise import spans
from dateline.syndication.relate import Relation, figures_agree, is_link, relation
from dateline.syndication.verify import Overlap, Text, verify

LEAST_MARKED = 8  # words: shorter common runs are chance, and marking them hides the passages
COLOURS = ("green", "cyan", "yellow", "magenta", "blue")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one text; ``passage`` numbers the shared passage that it is, None for what is not shared."""

    text: str
    passage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two texts in pieces, and what they share. The first is taken for the copy."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]
    overlap: Overlap
    relation: Relation | None  # None where they share too little to be linked
    figures_agree: float | None


def compare(one: str, other: str, *, is_live: bool = False) -> Comparison:
    """Compare two texts and mark what they share; ``is_live`` where either is a live blog."""
    left, right = Text(one), Text(other)
    overlap = verify(left, right)
    runs = [run for run in overlap.runs if run.words >= LEAST_MARKED]
    name = relation(overlap.share_one, overlap.share_other, is_live=is_live) if is_link(overlap) else None
    return Comparison(
        one=_pieces(left.text, [(run.one, run.words) for run in runs]),
        other=_pieces(right.text, [(run.other, run.words) for run in runs]),
        overlap=overlap,
        relation=name,
        figures_agree=figures_agree(left.figures, right.figures),
    )


def numbers(comparison: Comparison) -> list[tuple[str, str]]:
    """Return the verdict and its numbers as words for people."""
    overlap = comparison.overlap
    agree = comparison.figures_agree
    return [
        ("relation", str(comparison.relation or "not linked: too little is shared")),
        ("shared runs of five words", f"{overlap.shared:,}"),
        ("share of the first", f"{overlap.share_one:.1%} of {overlap.size_one:,}"),
        ("share of the second", f"{overlap.share_other:.1%} of {overlap.size_other:,}"),
        ("longest common passage", f"{overlap.longest_run} words"),
        ("common passages", str(sum(run.words >= LEAST_MARKED for run in overlap.runs))),
        ("figures that agree", "one side has none" if agree is None else f"{agree:.0%}"),
    ]


def to_terminal(comparison: Comparison, titles: tuple[str, str] = ("first", "second")) -> Group:
    """Lay a comparison out for a terminal: the numbers, then both texts, equal passages in equal colours."""
    table = Table(show_header=False, box=None)
    for name, value in numbers(comparison):
        table.add_row(name, value)
    sides = [
        Panel(_styled(pieces), title=Styled(_inert(title)), width=None)
        for pieces, title in zip((comparison.one, comparison.other), titles, strict=True)
    ]
    return Group(table, Columns(sides, equal=True, expand=True))


def to_html(comparison: Comparison, titles: tuple[str, str] = ("first", "second")) -> str:
    """Write a comparison as one HTML page that needs nothing else and runs nothing."""
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>" for name, value in numbers(comparison)
    )
    sides = "".join(
        f'<section><h2 dir="auto">{html.escape(title)}</h2><p dir="auto">{_marked(pieces, side)}</p></section>'
        for side, (pieces, title) in enumerate(zip((comparison.one, comparison.other), titles, strict=True))
    )
    return _PAGE.format(title=html.escape(" / ".join(titles)), rows=rows, sides=sides, style=_STYLE, digest=_DIGEST)


def _pieces(text: str, places: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut a text at its passages, each named by its rank in the first text; where two overlap, the first wins."""
    found = spans(text)
    cuts: list[tuple[int, int, int]] = []
    end = 0
    for start, count, rank in sorted((start, count, rank) for rank, (start, count) in enumerate(places)):
        first, last = max(found[start][0], end), found[start + count - 1][1]
        if last > first:
            cuts.append((first, last, rank))
            end = last
    edges: list[tuple[int, int, int | None]] = [(0, 0, None), *cuts, (len(text), len(text), None)]
    pieces = [Piece(text=text[: edges[1][0]])]
    for (first, last, passage), following in pairwise(edges[1:]):
        pieces += [Piece(text=text[first:last], passage=passage), Piece(text=text[last : following[0]])]
    return tuple(piece for piece in pieces if piece.text)


def _styled(pieces: tuple[Piece, ...]) -> Styled:
    styled = Styled()
    for piece in pieces:
        style = "" if piece.passage is None else f"bold {COLOURS[piece.passage % len(COLOURS)]}"
        styled.append(_inert(piece.text), style=style)
    return styled


def _inert(text: str) -> str:
    """Take out what a terminal would obey."""
    return _CONTROL.sub("\ufffd", text)


def _marked(pieces: tuple[Piece, ...], side: int) -> str:
    return "".join(
        html.escape(piece.text)
        if piece.passage is None
        else f'<a id="s{side}p{piece.passage}" href="#s{1 - side}p{piece.passage}">'
        f'<mark class="c{piece.passage % len(COLOURS)}">{html.escape(piece.text)}</mark></a>'
        for piece in pieces
    )


_STYLE = """
body { font: 16px/1.5 serif; margin: 0 auto; max-width: 80rem; padding: 1rem; color: #222; background: #fff;
  color-scheme: light; overflow-wrap: anywhere }
h2 { font-size: 1.3rem; line-height: 1.25 } p { white-space: pre-wrap }
table { font: 14px sans-serif; margin-bottom: 1rem } th { text-align: left; padding-right: 1rem; font-weight: 400 }
main { display: grid; gap: 0 2rem } section { min-width: 0 }
@media (min-width: 48rem) { main { grid-template-columns: 1fr 1fr } }
a { color: inherit; text-decoration: none } :target mark { outline: 2px solid #222 }
.c0 { background: #cfc } .c1 { background: #cef } .c2 { background: #ffb }
.c3 { background: #fcf } .c4 { background: #ccf }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<style>{style}</style></head><body><table>{rows}</table><main>{sides}</main></body></html>
"""
