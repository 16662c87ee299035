"""What ``make run`` shows at its end: what is in the warehouse, and three questions with their answers."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dateline.settings import Settings
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.library import question
from dateline.warehouse.query import Cell, Result, query
from dateline.warehouse.summary import Summary, summarise
from dateline_airflow.terminal import printable

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "coverage_overview": ("title", "carrier", "entries", "edited_entries", "deleted_entries"),
    "deleted_posts": ("headline", "published_at", "last_seen_at", "deleted_proof"),
    "copies_found": ("copy_title", "copy_carrier", "origin_carrier", "share_of_copy", "reason"),
    "who_wrote_it": ("title", "carrier", "origin", "origin_reason"),
    "how_well_times_are_known": ("time_precision", "basis", "entries", "share"),
    "what_was_refused": ("reason", "why", "refusals"),
}
"""Sample queries, and which of their columns fit beside each other: the first three that have an answer are shown."""

SHOWN = 3
ROWS = 6
WIDEST = 52


def show(console: Console, settings: Settings) -> None:
    """Print the numbers of the warehouse, three sample queries, and how to ask more."""
    engine = open_warehouse(settings.warehouse)
    console.print(numbers(summarise(engine)))
    answers = {name: query(engine, name) for name in QUESTIONS}
    for name in [name for name, found in answers.items() if found.rows][:SHOWN]:
        meaning = question(name, engine.dialect.name).meaning.partition(" Grain:")[0]
        console.print(f"\n[bold]dateline query {name}[/]  {meaning}")
        console.print(answer(answers[name], QUESTIONS[name]))
    console.print(f"\nThe warehouse is {engine.url.render_as_string()}", soft_wrap=True, markup=False)
    console.print("Ask more: .venv/bin/dateline query NAME, or any select. Watch the DAGs at work: make ui")


def numbers(summary: Summary) -> Table:
    """Lay the numbers out as a table."""
    table = Table(title="In the warehouse", title_justify="left", title_style="bold", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    for name, total, detail in rows_of(summary):
        table.add_row(name, f"{total:,}", detail)
    return table


def rows_of(summary: Summary) -> Iterator[tuple[str, int, str]]:
    """Yield a line for each thing that is counted: its name, how many, and of which kinds."""
    yield "snapshots", sum(summary.snapshots.values()), _listed(summary.snapshots)
    yield "documents", sum(summary.documents.values()), _listed(summary.documents)
    yield "entries", summary.entries, f"{summary.deleted_entries} of them deleted by their publisher"
    yield "versions of entries", summary.versions, f"{summary.versions - summary.entries} edits"
    yield "times, by precision", sum(summary.times.values()), _listed(summary.times)
    yield "times, by evidence", sum(summary.bases.values()), _listed(summary.bases)
    yield "times inherited", summary.inherited_times, "entries of copies that took over an original's time"
    yield "copies found", sum(summary.copies.values()), _listed(summary.copies)
    yield "conflicts kept", summary.conflicts, "two statements of one page that cannot both be true"
    yield "rejects", summary.rejects, "pieces that nobody wanted to guess about"


def answer(result: Result, columns: Sequence[str]) -> Table:
    """Lay some columns of an answer out as a table, its first rows only."""
    table = Table(*columns)
    for row in result.as_dicts()[:ROWS]:
        table.add_row(*(_cell(row[name]) for name in columns))
    if len(result.rows) > ROWS:
        table.caption = f"{len(result.rows) - ROWS} more rows"
    return table


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()) or "none"


def _cell(value: Cell) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else printable(str("" if value is None else value))
    return escape(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")
