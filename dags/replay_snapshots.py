"""Read stored snapshots again with today's code, without a network, and rewrite exactly what comes out differently.

```text
form --+--> shard 1 of 4: read again --+
       +--> shard 2 of 4: read again --+
       +--> ...                        +--> sum up
                                              |
                                              v
                               asset live_entries
```

| field | meaning |
|---|---|
| since, until | captures from this instant on, and before that one; empty: no limit |
| source | one source, by the name of its file; empty: all |
| dry run | say what would change, and write nothing |

- **read again**: the live path over the archive. What it changed stands in the log and in the XCom, by table.
- **sum up**: skipped where nothing was written, so that nobody is woken for nothing.

Runs only when asked. It may be stopped, cleared and repeated at any moment.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from dateline_airflow.assets import LIVE_ENTRIES
from dateline_airflow.defaults import CARING, LONG, START, TASK_DEFAULTS

SHARDS = 4
TIME: dict[str, Any] = {"type": ["null", "string"], "format": "date-time"}


@dag(
    schedule=None,
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args={**TASK_DEFAULTS, "priority_weight": CARING},
    doc_md=__doc__,
    tags=["dateline", "replay", "warehouse"],
    params={
        "since": Param(
            None, title="Since", description="Captures from this instant on. Empty: from the first.", **TIME
        ),
        "until": Param(None, title="Until", description="Captures before this instant. Empty: to the last.", **TIME),
        "source": Param(
            None, type=["null", "string"], title="Source", description="The name of a source file. Empty: all sources."
        ),
        "dry_run": Param(
            default=True, type="boolean", title="Dry run", description="Say what would change; write nothing."
        ),
    },
)
def replay_snapshots() -> None:
    """Draw the flow."""

    # An archive takes as long as it takes; a task that heartbeats is not taken for dead.
    @task(
        pool=LONG,
        execution_timeout=timedelta(hours=6),
        max_active_tis_per_dag=2,
        map_index_template="shard {{ task.op_kwargs['shard'][0] + 1 }} of {{ task.op_kwargs['shard'][1] }}",
    )
    def read_again(shard: list[int], params: dict[str, Any] | None = None) -> dict[str, int]:
        """Read one shard's snapshots again; return how many rows that changed, by table."""
        from dateline_airflow import replaying

        return replaying.replay_shard(shard, params or {})

    @task(outlets=[LIVE_ENTRIES])
    def sum_up(shards: list[dict[str, int]], params: dict[str, Any] | None = None) -> dict[str, int]:
        """Add up what the shards changed."""
        from dateline_airflow import replaying

        return replaying.sum_up(shards, params or {})

    shards = read_again.expand(shard=[[number, SHARDS] for number in range(SHARDS)])
    # Airflow's plugin for mypy knows what a task gives, not what a mapped one does.
    sum_up(shards)  # type: ignore[arg-type]


replay_snapshots()
