"""Ask the sources that are due, keep what they answer, and load it.

```text
every minute ------+
asset due_sources -+
                   |
                   v
            find due sources
  |
  +--> shard 0: fetch and archive --> load --+
  +--> shard 1: fetch and archive --> load --+
  +--> ...                                   |
                                             v
                   assets live_entries, live_blogs
check sources
```

- **find due sources**: sources whose interval has passed are dealt into shards; so are those of which an earlier run
  left something unread.
- **fetch and archive**: each answer goes into the archive as it came, and into the ledger as *stored*. One source's
  failure leaves the others alone; it is asked again later, and later each time.
- **load**: what is *stored* is read, dated, split and loaded. Then it is *loaded*, or *quarantined* with the reason.
  Each page that gave nothing stands in the log with its address.

Runs every minute, one run at a time, and between minutes for sources whose interval is shorter. A run may be killed,
cleared or repeated at any moment: nothing is lost and nothing is doubled, because the warehouse is the work queue. A
skipped *load* means that nothing was new.

Sources are the files in `dags/sources/`, one each. A file that cannot be used stops no other: **check sources** fails
and says what to mend, while the sound ones are asked.
"""

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task, task_group

from dateline_airflow.assets import DUE_SOURCES, LIVE_BLOGS, LIVE_ENTRIES
from dateline_airflow.defaults import NETWORK, START, TASK_DEFAULTS, deadline


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("* * * * *", timezone="UTC"), assets=DUE_SOURCES),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    deadline=deadline(minutes=5),
    doc_md=__doc__,
    tags=["dateline", "ingest", "network", "warehouse"],
)
def ingest_coverage() -> None:
    """Draw the flow."""

    @task
    def find_due_sources() -> list[dict[str, list[str]]]:
        """Deal the sources that are due, or have something unread, into shards of ids."""
        from dateline.ingest import due_shards
        from dateline_airflow.hooks import installation

        return due_shards(installation())

    @task_group
    def shard(sources: dict[str, list[str]]) -> None:
        """One shard: its sources are asked together, and loaded together."""

        @task(pool=NETWORK, map_index_template="{{ task.op_kwargs['sources']['load'] | join(', ') | truncate(60) }}")
        def fetch_and_archive(sources: dict[str, list[str]]) -> list[str]:
            """Ask each source and keep its answer; return the ids of new snapshots."""
            from dateline_airflow.task_edge import fetched

            return fetched(sources["ask"])

        @task(
            outlets=[LIVE_ENTRIES, LIVE_BLOGS],
            map_index_template="{{ task.op_kwargs['sources']['load'] | join(', ') | truncate(60) }}",
        )
        def load(sources: dict[str, list[str]], snapshot_ids: list[str]) -> dict[str, int]:
            """Read the snapshots and load what they say."""
            from dateline_airflow.task_edge import loaded

            return loaded(sources["load"], snapshot_ids)

        load(sources=sources, snapshot_ids=fetch_and_archive(sources=sources))

    @task
    def check_sources() -> None:
        """Fail where a source file cannot be used, and name it."""
        from pathlib import Path

        from dateline.settings import load_settings
        from dateline.source import require_sound

        require_sound(Path(load_settings().sources))

    check_sources()
    shard.expand(sources=find_due_sources())


ingest_coverage()
