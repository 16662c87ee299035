"""Run real DAGs once, here and now, without a scheduler.

``DAG.test`` runs each task through the task SDK and Airflow's own execution API, in this process. Starting Python
and importing Airflow is most of what a short task costs; so it is paid once instead of once a task.
"""

import logging
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airflow.cli.cli_parser import get_parser
from airflow.utils.cli import get_bagged_dag

Watcher = Callable[[str, str], None]
"""Told the name of each task that ended, and its state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DagRun:
    """How a run ended: how many tasks ended in which state, what they raised, and what they warned of."""

    dag_id: str
    state: str
    tasks: Mapping[str, int]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_success(self) -> bool:
        """Whether nothing failed."""
        return self.state == "success"


def migrate_metadata() -> None:
    """Create or upgrade Airflow's own tables, as ``airflow db migrate`` does."""
    options = get_parser().parse_args(["db", "migrate"])
    options.func(options)


def run_dag(dag_id: str, watch: Watcher, conf: dict[str, Any] | None = None) -> DagRun:
    """Run one DAG of the DAGs folder from beginning to end.

    Nothing is retried: whoever watches wants the message now, and the next run takes up what is left.
    """
    dag: Any = get_bagged_dag(None, dag_id)
    dag.deadline = None  # whoever watches is there; and Airflow 3.3's DAG.test cannot look deadlines up
    errors: list[str] = []

    def report(context: Mapping[str, Any]) -> None:
        instance = context["task_instance"]
        error = context.get("exception")
        if isinstance(error, BaseException):
            errors.append(f"{instance.task_id}: {_words(error)}")
        watch(f"{instance.task_id} {instance.rendered_map_index or ''}".strip(), str(instance.state))

    for task in dag.tasks:
        task.retries = 0
        for moment in ("on_success_callback", "on_failure_callback", "on_skipped_callback"):
            setattr(task, moment, [report])
    with heard() as warnings:
        run = dag.test(run_conf=conf)
    tasks = Counter(str(one.state) for one in run.get_task_instances())
    return DagRun(
        dag_id=dag_id,
        state=str(run.state),
        tasks=dict(sorted(tasks.items())),
        errors=tuple(errors),
        warnings=tuple(warnings),
    )


def _words(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip()


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what our own tasks warn of while the block lasts."""
    warnings: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("dateline_airflow")
    logger.addHandler(handler)
    try:
        yield warnings
    finally:
        logger.removeHandler(handler)


@contextmanager
def quietly(log: Path) -> Iterator[None]:
    """Send everything that this process prints to a file: Airflow writes some twenty lines a task."""
    log.parent.mkdir(parents=True, exist_ok=True)
    kept = [os.dup(1), os.dup(2)]
    _flush()
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    try:
        yield
    finally:
        _flush()
        for number, saved in enumerate(kept, start=1):
            os.dup2(saved, number)
            os.close(saved)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
