"""``make run``: take coverage through the real DAGs into the warehouse, and show what is there then."""

import argparse
import os
import signal
import sys
import time
from contextlib import AbstractContextManager

from rich.console import Console
from rich.status import Status

from dateline.errors import DatelineError, SettingsError
from dateline.settings import load_settings
from dateline_airflow.coverage import Coverage, bundled, given_address, given_files
from dateline_airflow.state import LOGS
from dateline_airflow.terminal import printable

DAGS = ("ingest_coverage", "match_syndication", "publish_views")
LOG = LOGS / "run.log"
NARROWEST = 120
"""Columns to assume where no terminal says how many it has."""

Performed = tuple[str, list[str], list[str]]
"""What a step came to in words, its errors, its warnings."""


def main() -> None:
    """Run the DAGs once over the coverage that was asked for; exit status 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--files", default="", help="paths and globs of captures, instead of the bundled coverage")
    parser.add_argument("--url", default="", help="an address, instead of the bundled coverage")
    options = parser.parse_args()
    os.umask(0o077)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, the newsroom ends with us
    # A descriptor of our own: what we print is seen while Airflow's output goes to the log.
    width = None if os.isatty(1) else NARROWEST
    console = Console(file=os.fdopen(os.dup(1), "w", encoding="utf-8"), highlight=False, width=width)
    try:
        run(console, asked_for(options.files, options.url))
    except DatelineError as error:
        console.print(f"make run: {printable(str(error))}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        console.print("make run: interrupted. Nothing is lost: run it again.", style="red")
        sys.exit(130)


def asked_for(files: str, url: str) -> AbstractContextManager[Coverage]:
    """Choose the coverage: the files, the address, or the bundled newsroom."""
    if files and url:
        raise SettingsError("FILES and URL are both given: name one of them.")
    if files:
        return given_files(files)
    return given_address(url) if url else bundled()


def run(console: Console, asked: AbstractContextManager[Coverage]) -> None:
    """Migrate, run the DAGs one after the other, and print what is in the warehouse.

    Raises :class:`SettingsError` where anything failed, after what did not has been shown.
    """
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("", encoding="utf-8")
    with asked as coverage:
        console.print(f"Dateline ingests {coverage.title}.", style="bold", markup=False, soft_wrap=True)
        os.environ.update(coverage.environ)
        errors = [error for step in ("migrate", *DAGS) for error in perform(console, step)]
    from dateline_airflow import refusals, summary  # noqa: PLC0415 - by now everything that it needs is there

    summary.show(console, load_settings())
    if errors:
        raise SettingsError(f"Something failed, see above. Everything else was loaded. The whole story: {LOG}")
    if coverage.source_id:
        refusals.require_something(console, load_settings(), coverage)


def perform(console: Console, step: str) -> list[str]:
    """Perform one step, print a line about it, and return what went wrong in it."""
    began = time.monotonic()
    with console.status(f"{step} ...") as status:
        outcome, errors, warnings = migrate() if step == "migrate" else run_dag(step, status)
    mark = "[red]✗[/]" if errors else "[green]✓[/]"
    console.print(f"  {mark} {step:<18} {outcome:<48} {time.monotonic() - began:5.1f} s")
    for line, style in [*((one, "red") for one in errors), *((one, "yellow") for one in warnings)]:
        console.print(f"      {printable(line)}", style=style, markup=False, soft_wrap=True)
    return errors


def migrate() -> Performed:
    """Bring Airflow's own tables and the warehouse up to date."""
    from dateline.warehouse.engine import open_warehouse  # noqa: PLC0415 - SQLAlchemy too takes its time
    from dateline.warehouse.migrate import migrate as migrate_warehouse  # noqa: PLC0415 - as above
    from dateline_airflow import dag_runs  # noqa: PLC0415 - Airflow takes seconds to import: the first line comes first

    with dag_runs.quietly(LOG):
        dag_runs.migrate_metadata()
        version = migrate_warehouse(open_warehouse(load_settings().warehouse))
    return f"Airflow's own tables, and the warehouse: {version}", [], []


def run_dag(dag_id: str, status: Status) -> Performed:
    """Run one DAG; its outcome is the number of its tasks in each state."""
    from dateline_airflow import dag_runs  # noqa: PLC0415 - as above

    with dag_runs.quietly(LOG):
        ended = dag_runs.run_dag(dag_id, lambda task, state: status.update(f"{dag_id}: {task} {state}"))
    errors = list(ended.errors)
    if not errors and not ended.is_success:
        errors = [f"the run ended as {ended.state}"]
    outcome = "tasks: " + ", ".join(f"{count} {state}" for state, count in ended.tasks.items())
    return outcome, errors, list(ended.warnings)


if __name__ == "__main__":
    main()
