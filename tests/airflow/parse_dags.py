"""Parse the DAGs as Airflow does, watched by an audit hook, and print what there is as one JSON object.

A script of its own: what parsing touches can only be seen in a process that has not touched it before.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from airflow.configuration import conf
from airflow.dag_processing.dagbag import DagBag

from dateline_airflow.catalogue import explained

PROJECT = Path(__file__).resolve().parents[2]
TOUCHES = {"socket.connect", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "os.remove"}
HEAVY = ("sqlite3", "httpx2", "trafilatura", "feedparser", "lxml", "numpy", "dateline.warehouse", "dateline.ingest")


def main() -> None:
    touched: list[str] = []
    is_watched = [False]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        is_writing = event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1])
        if is_watched[0] and (event in TOUCHES or is_writing):
            touched.append(f"{event} {arguments[0]}")

    sys.addaudithook(hook)
    before = set(sys.modules)
    started = time.process_time()
    is_watched[0] = True
    bag = DagBag(conf.get("core", "dags_folder"))
    is_watched[0] = False
    facts = {
        "seconds": time.process_time() - started,
        "touched": touched,
        "imported": sorted(name for name in set(sys.modules) - before if name.startswith(HEAVY)),
        "import_errors": bag.import_errors,
        "dags": {dag_id: _facts(dag) for dag_id, dag in bag.dags.items()},
    }
    sys.__stdout__.write("\n" + json.dumps(facts) + "\n")


def _facts(dag: Any) -> dict[str, Any]:
    return {
        "file": Path(dag.fileloc).name,
        "tags": sorted(dag.tags),
        "doc": dag.doc_md or "",
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "deadlines": len(dag.deadline or []),
        "params": {name: dag.params.get_param(name).description for name in dag.params},
        "tasks": {task.task_id: _task_facts(task) for task in dag.tasks},
    }


def _task_facts(task: Any) -> dict[str, Any]:
    backoff = getattr(task, "retry_exponential_backoff", 0)
    return {
        "owner": task.owner,
        "retries": task.retries,
        "backoff": float(backoff or 0),
        "timeout": task.execution_timeout.total_seconds() if task.execution_timeout else None,
        "doc": explained(task),
        "outlets": [outlet.name for outlet in task.outlets],
        "pool": task.pool,
        "rule": str(_stated(task, "trigger_rule") or task.trigger_rule),
        "follows": sorted(task.upstream_task_ids),
        "priority": task.priority_weight,
        "is_mapped": task.is_mapped or task.get_closest_mapped_task_group() is not None,
        "label": _stated(task, "map_index_template"),
        "on_failure": str(_stated(task, "on_failure_callback")),
    }


def _stated(task: Any, name: str) -> Any:
    return task.partial_kwargs.get(name) if task.is_mapped else getattr(task, name)


if __name__ == "__main__":
    main()
