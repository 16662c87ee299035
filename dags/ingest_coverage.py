"""Ask the sources that are due, keep what they answer, and load it.

```text
find due sources
  |
  +--> shard 0: fetch and archive --> load --+
  +--> shard 1: fetch and archive --> load --+
  +--> ...                                   |
                                             v
                              asset live_entries
check sources
```

- **find due sources**: sources whose interval has passed are dealt into shards.
- **fetch and archive**: each answer goes into the archive as it came, and into the ledger as *stored*. One source's
  failure leaves the others alone; it is asked again later, and later each time.
- **load**: what is *stored* is read, dated, split and loaded. Then it is *loaded*, or *quarantined* with the reason.

Runs every minute, one run at a time. A run may be killed, cleared or repeated at any moment: nothing is lost and
nothing is doubled, because the warehouse is the work queue. A skipped *load* means that nothing was new.

Sources are the files in `dags/sources/`, one each. A file that cannot be used stops no other: **check sources** fails
and says what to mend, while the sound ones are asked.
"""

from airflow.sdk import CronTriggerTimetable, dag, task, task_group

from dateline_airflow.assets import LIVE_ENTRIES
from dateline_airflow.defaults import START, TASK_DEFAULTS


@dag(
    schedule=CronTriggerTimetable("* * * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    doc_md=__doc__,
    tags=["dateline", "ingest", "network", "warehouse"],
)
def ingest_coverage() -> None:
    """Draw the flow."""

    @task
    def find_due_sources() -> list[list[str]]:
        """Deal the sources that are due into shards of ids."""
        from dateline.ingest import due_shards
        from dateline.settings import load_settings

        return due_shards(load_settings())

    @task_group
    def shard(source_ids: list[str]) -> None:
        """One shard: its sources are asked together, and loaded together."""

        @task(map_index_template="{{ task.op_kwargs['source_ids'] | join(', ') | truncate(60) }}")
        def fetch_and_archive(source_ids: list[str]) -> list[str]:
            """Ask each source and keep its answer; return the ids of new snapshots."""
            from dateline.ingest import ingest_sources
            from dateline.settings import load_settings
            from dateline_airflow.task_edge import told

            return told(*ingest_sources(source_ids, load_settings()))

        @task(outlets=[LIVE_ENTRIES], map_index_template="{{ task.op_kwargs['snapshot_ids'] | length }} snapshots")
        def load(snapshot_ids: list[str]) -> dict[str, int]:
            """Read the snapshots and load what they say."""
            from dateline.ingest import load_snapshots
            from dateline.settings import load_settings
            from dateline_airflow.task_edge import news

            return news(load_snapshots(load_settings(), snapshot_ids))

        load(snapshot_ids=fetch_and_archive(source_ids=source_ids))

    @task
    def check_sources() -> None:
        """Fail where a source file cannot be used, and name it."""
        from pathlib import Path

        from dateline.settings import load_settings
        from dateline.source import require_sound

        require_sound(Path(load_settings().sources))

    check_sources()
    shard.expand(source_ids=find_due_sources())


ingest_coverage()
