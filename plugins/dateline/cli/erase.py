"""``dateline erase``: remove captures for good, from the archive and the warehouse alike."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.person import person
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from pendulum import DateTime
    from rich.table import Table

    from dateline.warehouse.erasure_choice import Preview
    from dateline.warehouse.erasure_log import Erasure

_AGE = re.compile(r"(\d{1,6})\s*(d|h|days?|hours?)", re.ASCII)


def erase_command(
    *,
    source: Annotated[str | None, typer.Option(help="Captures of this source.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Captures that carry this publisher.")] = None,
    address: Annotated[str | None, typer.Option(help="Captures that carry this address.")] = None,
    older_than: Annotated[
        str | None,
        typer.Option(metavar="AGE", help="Captures older than 90d or 12h, or from before 2026-03-02T00:00Z."),
    ] = None,
    by: Annotated[str, typer.Option(help="Who asks: it stands in the log.", show_default="you")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="End erasures that were interrupted.")] = False,
    expired: Annotated[bool, typer.Option("--expired", help="Apply keep_days of the source files.")] = False,
    lift: Annotated[str | None, typer.Option(metavar="ID", help="Let what an erasure keeps out come in again.")] = None,
) -> None:
    """Erase what all the given options name, archive and warehouse alike; it does not come in again.

    A capture goes as a whole: an address or a publisher takes the feeds and topic pages that carry it along.
    """
    tasks = [name for name, is_asked in (("--lift", lift), ("--resume", resume), ("--expired", expired)) if is_asked]
    if tasks and (len(tasks) > 1 or dry_run or any((source, publisher, address, older_than))):
        # Else --expired --dry-run would erase, and --expired --source would erase of every source.
        raise SettingsError(f"{tasks[0]} stands alone: no other task, no rule and no --dry-run goes with it.")
    if lift:
        _lift(lift)
    elif tasks:
        _carry_on(is_for_expired=expired)
    else:
        _erase(source, publisher, address, older_than, by=person(by), is_dry=dry_run, is_sure=yes)


def age(stated: str | None) -> "DateTime | None":
    """Read an age (``90d``, ``12h``) or a moment as the instant that it stands for."""
    import pendulum

    from dateline.cli.captures import moment

    found = _AGE.fullmatch(stated.strip().lower()) if stated else None
    if found is None and stated and "-" not in stated:
        raise SettingsError(f"{stated!r} is no age. Write 90d or 12h, or the moment itself: 2026-03-02T00:00Z.")
    if found is None:
        return moment(stated)
    unit = "hours" if found[2].startswith("h") else "days"
    try:
        return pendulum.now("UTC").subtract(**{unit: int(found[1])})
    except OverflowError as error:
        raise SettingsError(f"{stated!r} reaches back before all years. Say a shorter age.") from error


def _erase(
    source: str | None,
    publisher: str | None,
    address: str | None,
    older_than: str | None,
    *,
    by: str,
    is_dry: bool,
    is_sure: bool,
) -> None:
    from pathlib import Path

    from rich.console import Console

    from dateline.cli import printable
    from dateline.cli.progress import shown_progress
    from dateline.cli.warehouse import opened
    from dateline.ingest.erasing import erase, preview
    from dateline.settings import load_settings
    from dateline.source import load_sources
    from dateline.warehouse.erasure_log import rule_of

    settings = load_settings()
    rule = rule_of(source_id=source, publisher=publisher, address=address, before=age(older_than))
    with opened(settings) as (engine, archive):
        seen = preview(engine, rule)
        Console().print(_table(seen))
        typer.echo(printable(_sum(seen, rule.words)))
        if is_dry:
            typer.echo("A dry run: nothing was erased.")
            return
        if not is_sure:
            typer.confirm("Erase it? It cannot be brought back.", abort=True)
        sources = {one.source_id: one for one in load_sources(Path(settings.sources))}
        with shown_progress() as progress:
            done = erase(engine, archive, rule, asked_by=by, sources=sources, progress=progress)
    _say(done)


def _table(seen: "Preview") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table("source", "captures", "from", "to", "bytes in archive")
    for one in seen.sources:
        first, last = (f"{at:%Y-%m-%d %H:%M}" if at else "unknown" for at in (one.first_at, one.last_at))
        table.add_row(Text(one.source_id), f"{one.snapshots:,}", first, last, f"{one.archive_bytes:,}")
    return table


def _sum(seen: "Preview", words: str) -> str:
    others = f" {seen.others:,} of them are pages of others that carry it." if seen.others else ""
    copies = f" {seen.copies_elsewhere:,} copies that name it as their origin stay." if seen.copies_elsewhere else ""
    return (
        f"{words}: {seen.snapshots:,} captures with {seen.archive_bytes:,} bytes in the archive.{others} "
        f"{seen.documents_gone:,} documents go as a whole, {seen.documents_kept:,} lose a part of their history."
        f"{copies}"
    )


def _say(done: "Erasure") -> None:
    from dateline.settings import load_settings

    rows = ", ".join(f"{count:,} {table}" for table, count in sorted(done.removed.items()))
    typer.echo(f"Erased (erasure {done.erasure_id}): {done.snapshots:,} captures; rows removed: {rows or 'none'}.")
    typer.echo("Not reached from here, so delete them as well: exports, backups, and copies of the archive.")
    if not load_settings().warehouse.startswith("sqlite"):
        typer.echo("PostgreSQL gives the pages back by itself; to clean its disk as well, run: vacuum full")


def _carry_on(*, is_for_expired: bool) -> None:
    from pathlib import Path

    from dateline.cli.warehouse import opened
    from dateline.ingest.erasing import erase_expired, resume
    from dateline.settings import load_settings
    from dateline.source import load_sources

    settings = load_settings()
    sources = load_sources(Path(settings.sources))
    with opened(settings) as (engine, archive):
        if not is_for_expired:
            ended = resume(engine, archive, sources={one.source_id: one for one in sources})
            typer.echo(f"{ended:,} interrupted erasures were ended.")
            return
        done = erase_expired(engine, archive, sources)
    kept = sum(one.keep_days is not None for one in sources)
    typer.echo(f"{kept:,} of {len(sources):,} sources state keep_days; captures of {len(done):,} had expired.")
    for one in done:
        typer.echo(f"{one.rule.words}: {one.snapshots:,} captures erased ({one.asked_by}).")


def _lift(erasure_id: str) -> None:
    import pendulum

    from dateline.cli import printable
    from dateline.cli.warehouse import opened
    from dateline.settings import load_settings
    from dateline.warehouse.erasure_log import find_erasure, lift

    with opened(load_settings()) as (engine, _):
        found = find_erasure(engine, erasure_id)
        if found.finished_at is None:
            raise SettingsError(f"erasure {found.erasure_id} is not ended yet. First: dateline erase --resume")
        lift(engine, found.erasure_id, pendulum.now("UTC"))
    typer.echo(printable(f"What erasure {found.erasure_id} ({found.rule.words}) keeps out may come in again."))
