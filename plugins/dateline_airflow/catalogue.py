"""The catalogue of DAGs in ``dags/README.md``, written from the DAGs themselves: ``make catalogue``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import DagBag

from dateline.settings import PROJECT

PATH = PROJECT / "dags" / "README.md"


def main() -> None:
    """Write the catalogue."""
    PATH.write_text(catalogue(PROJECT / "dags"), encoding="utf-8")


def catalogue(folder: Path) -> str:
    """Describe every DAG of a folder in Markdown: schedule, tasks, params, assets."""
    dags = DagBag(str(folder)).dags
    lines = ["# The DAGs", "", "Written by `make catalogue` from the DAGs themselves; a test compares.", ""]
    lines += _table(("DAG", "runs", "what it does"), (_row_of(dag) for _, dag in sorted(dags.items())))
    for dag_id, dag in sorted(dags.items()):
        lines += [f"## {dag_id}", "", *_details(dag)]
    return "\n".join(lines).rstrip() + "\n"


def _row_of(dag: Any) -> tuple[str, str, str]:
    return f"[{dag.dag_id}](#{dag.dag_id})", _schedule(dag), dag.doc_md.splitlines()[0]


def _details(dag: Any) -> Iterator[str]:
    yield f"Tags: {', '.join(sorted(dag.tags))}. At most {dag.max_active_runs} run at a time, no catching up."
    yield ""
    tasks = ((f"`{one.task_id}`", _first_line(explained(one)), _makes(one)) for one in dag.tasks)
    yield from _table(("task", "what it does", "makes"), tasks)
    if dag.params:
        params = ((name, dag.params.get_param(name)) for name in dag.params)
        rows = ((f"`{name}`", f"`{one.value}`", one.description or "") for name, one in params)
        yield from _table(("param", "default", "meaning"), rows)


def explained(task: Any) -> str:
    """Return what a task says that it does: its function's docstring, or an operator's ``doc_md``."""
    function = getattr(task, "python_callable", None)
    stated = function.__doc__ if function else _stated(task, "doc_md")
    return (stated or "").strip()


def _stated(task: Any, name: str) -> Any:
    return task.partial_kwargs.get(name) if task.is_mapped else getattr(task, name)


def _schedule(dag: Any) -> str:
    """Say in words when a DAG runs: its cron, its assets, or both."""
    timetable = dag.timetable
    assets = getattr(timetable, "asset_condition", None)
    named = [f"`{name}`" for name in _names(assets)] if assets else []
    cron = getattr(getattr(timetable, "timetable", timetable), "expression", None)
    parts = ([f"cron `{cron}`"] if cron else []) + ([f"after {', '.join(named)}"] if named else [])
    return "; ".join(parts) or "when asked"


def _names(condition: Any) -> list[str]:
    """Name the assets of a condition: one asset, or several joined by any or all."""
    several = getattr(condition, "objects", None)
    return [condition.name] if several is None else [name for one in several for name in _names(one)]


def _makes(task: Any) -> str:
    return ", ".join(f"`{one.name}`" for one in task.outlets)


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    yield from (f"| {' | '.join(one)} |" for one in rows)
    yield ""


if __name__ == "__main__":
    main()
