"""``make run``: take coverage through the real DAGs into the warehouse, and show what is there then."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.status import Status

from dateline.errors import DatelineError, SettingsError
from dateline_airflow.coverage import Coverage, bundled, given_address, given_files
from dateline_airflow.state import LOGS

DAGS = ("ingest_coverage", "match_syndication", "publish_views")
LOG = LOGS / "run.log"


def main() -> None:
    """Run the DAGs once over the coverage that was asked for; exit status 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--files", default="", help="paths and globs of captures, instead of the bundled coverage")
    parser.add_argument("--url", default="", help="an address, instead of the bundled coverage")
    options = parser.parse_args()
    os.umask(0o077)
    # What is printed goes on being seen while Airflow's own output goes to the log.
    console = Console(file=os.fdopen(os.dup(1), "w", encoding="utf-8"), highlight=False)
    try:
        run(console, asked_for(options.files, options.url))
    except DatelineError as error:
        console.print(f"[bold red]make run:[/] {error}", soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit("make run: interrupted. Nothing is lost: run it again.")


def asked_for(files: str, url: str) -> AbstractContextManager[Coverage]:
    """Choose the coverage: the files, the address, or the bundled newsroom."""
    if files and url:
        raise SettingsError("FILES and URL are both given: name one of them.")
    if files:
        return given_files(files)
    return given_address(url) if url else bundled()


def run(console: Console, coverage: AbstractContextManager[Coverage]) -> None:
    """Migrate, run the DAGs one after the other, and print what is in the warehouse."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("", encoding="utf-8")
    with step(console, "opening the coverage") as status, coverage as found:
        os.environ.update(found.environ)
        status.stop()
        console.print(f"[bold]Dateline[/] ingests {found.title}.")
        failures = [line for dag_id in ("migrate", *DAGS) for line in perform(console, dag_id)]
    from dateline_airflow.summary import show  # noqa: PLC0415 - after the environment is set

    show(console)
    if failures:
        raise SettingsError(f"{len(failures)} tasks failed (above). The whole story is in {LOG}.")


def perform(console: Console, name: str) -> list[str]:
    """Perform one step, print a line about it, and return what went wrong in it."""
    began = time.monotonic()
    with step(console, name) as status:
        outcome, errors = _performed(name, status)
    mark = "[red]✗[/]" if errors else "[green]✓[/]"
    console.print(f"  {mark} {name:<18} {outcome:<44} {time.monotonic() - began:5.1f} s")
    for error in errors:
        console.print(f"      {error}", style="red", markup=False, soft_wrap=True)
    return errors


def _performed(name: str, status: Status) -> tuple[str, list[str]]:
    """Run the step itself, with Airflow's output in the log."""
    from dateline_airflow import dag_runs  # noqa: PLC0415 - importing Airflow takes seconds: the first line comes first

    with dag_runs.quietly(LOG):
        if name == "migrate":
            return _migrate(), []
        run = dag_runs.run_dag(name, lambda task, state: status.update(f"{name}: {task} {state}"))
    tasks = ", ".join(f"{count} {state}" for state, count in run.tasks.items())
    return f"tasks: {tasks}", list(run.errors) or ([] if run.is_success else [f"the run ended as {run.state}"])


def _migrate() -> str:
    from dateline.settings import load_settings  # noqa: PLC0415 - as above
    from dateline.warehouse.engine import open_warehouse  # noqa: PLC0415
    from dateline.warehouse.migrate import migrate  # noqa: PLC0415
    from dateline_airflow.dag_runs import migrate_metadata  # noqa: PLC0415

    migrate_metadata()
    version = migrate(open_warehouse(load_settings().warehouse))
    return f"Airflow's tables, the warehouse (version {version})"


@contextmanager
def step(console: Console, name: str) -> Iterator[Status]:
    """Show that something is going on, where there is a terminal to show it on."""
    with console.status(f"{name} ...") as status:
        yield status


if __name__ == "__main__":
    main()
