"""Play a live blog as it happened, at any speed, to a file or a webhook: a feed of real shape for a system under test.

```text
form --> play --> CloudEvents, one for each
                  post, edit and deletion
```

| field | meaning |
|---|---|
| document | its id, its address, or part of its title; `dateline query coverage_overview` lists them |
| speed | seconds of the coverage for one second of the play; 0: without waiting |
| sink | an http(s) address that each event is posted to, or the name of a file below `var/plays`: one event a line |
| axis | as readers saw it, or by the times of publication |
| since, until | only this span of the coverage; empty: all |

A play notes how far it came. Cleared or retried, it goes on behind the last event that was delivered; what was sent
but not noted comes again under the same id.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from dateline_airflow.defaults import CARING, LONG, START, TASK_DEFAULTS

TIME: dict[str, Any] = {"type": ["null", "string"], "format": "date-time"}


@dag(
    schedule=None,
    start_date=START,
    catchup=False,
    max_active_runs=2,
    default_args={**TASK_DEFAULTS, "priority_weight": CARING, "pool": LONG},
    doc_md=__doc__,
    tags=["dateline", "replay", "warehouse"],
    params={
        "document": Param(
            type="string", minLength=1, title="Document", description="Its id, its address, or part of its title."
        ),
        "speed": Param(
            60, type="number", minimum=0, title="Speed", description="Times faster than life. 0: without waiting."
        ),
        "sink": Param(
            "play.ndjson",
            type="string",
            minLength=1,
            title="Sink",
            description="An http(s) address, or the name of a file below var/plays.",
        ),
        "axis": Param(
            "seen", enum=["seen", "published"], title="Axis", description="As readers saw it, or as it was published."
        ),
        "since": Param(None, title="Since", description="Coverage from this instant on. Empty: its start.", **TIME),
        "until": Param(None, title="Until", description="Coverage before this instant. Empty: its end.", **TIME),
    },
)
def play_coverage() -> None:
    """Draw the flow."""

    @task(execution_timeout=timedelta(days=2))
    def play(params: dict[str, Any] | None = None, run_id: str | None = None) -> dict[str, int]:
        """Send a live blog's events to the sink, spaced as they happened; return how many."""
        from dateline_airflow import replaying

        return replaying.play(params or {}, run_id or "")

    play()


play_coverage()
