"""Run real DAGs once, here and now, without a scheduler.

``DAG.test`` runs each task through the task SDK and Airflow's own execution API, in this process. Starting Python
and importing Airflow is most of what a short task costs, and so it is paid once instead of once a task.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DagRun:
    """How a run ended: how many tasks ended in which state, and what its tasks raised."""

    dag_id: str
    state: str
    tasks: dict[str, int] = field(default_factory=dict)
    errors: tuple[str, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether every task that had to run did."""
        return self.state == "success"


def migrate_metadata() -> None:
    """Create or upgrade Airflow's own tables, as ``airflow db migrate`` does."""
    from airflow.cli.cli_parser import get_parser

    options = get_parser().parse_args(["db", "migrate"])
    options.func(options)


def run_dag(dag_id: str, conf: dict[str, Any] | None = None) -> DagRun:
    """Run one DAG of the DAGs folder from beginning to end.

    Nothing is retried: whoever watches wants the message now, and the next run takes up what is left.
    """
    from airflow.utils.cli import get_bagged_dag

    dag: Any = get_bagged_dag(None, dag_id)
    errors: list[str] = []
    for task in dag.tasks:
        task.retries = 0
        task.on_failure_callback = [lambda context: errors.append(_said(context))]
    run = dag.test(run_conf=conf)
    states = [str(one.state) for one in run.get_task_instances()]
    counts = {state: states.count(state) for state in sorted(set(states))}
    return DagRun(dag_id=dag_id, state=str(run.state), tasks=counts, errors=tuple(errors))


def _said(context: dict[str, Any]) -> str:
    """Put a task's failure in one line: which task, which error."""
    error = context.get("exception")
    words = "".join(traceback.format_exception_only(error)).strip() if isinstance(error, BaseException) else str(error)
    return f"{context['task_instance'].task_id}: {words}"


@contextmanager
def quietly(log: Path) -> Iterator[None]:
    """Send everything that this process prints to a file: Airflow writes some twenty lines a task."""
    log.parent.mkdir(parents=True, exist_ok=True)
    kept = [os.dup(1), os.dup(2)]
    sys.stdout.flush()
    sys.stderr.flush()
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, saved in enumerate(kept, start=1):
            os.dup2(saved, number)
            os.close(saved)
