"""How far long work is, on standard error, where a person can see it; silent elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from dateline.ingest.report import OnProgress
from dateline.ingest.report import Progress as Step


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """Show one bar for each step of an ingest; yield what the ingest reports its progress to."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: Step) -> None:
            if step.step not in tasks:
                tasks[step.step] = bars.add_task(step.step, total=step.total)
            bars.update(tasks[step.step], completed=step.done, total=step.total)

        yield show
