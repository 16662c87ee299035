"""Keep the archive and the warehouse in order: once a day, in the quiet hours.

```text
every night --> take up lost
                  |
                  v
                erase expired
                  |
                  v
                compact archive
                  |
                  v
                prove archive --> tend database
                  |
                  v
                end as failed (if a step failed)
```

- **take up lost**: files that stand in the archive and in no row, because a writer died between the two, are entered;
  the next `ingest_coverage` loads them.
- **erase expired**: what is older than its source's `keep_days` goes, bytes and rows; an interrupted erasure is ended.
- **compact archive**: small files are joined to large ones, byte by byte.
- **prove archive**: every record and file is read and compared with its digest. It fails, and names them, where bytes
  are not what was written; nothing is deleted.
- **tend database**: fresh statistics for the planner, and the room of deleted rows given back.

- **end as failed**: else skipped. Airflow judges a run by its last tasks alone: with a damaged archive and a tended
  database it would be green.

Every step may be killed and repeated. Each runs even where the one before it failed: a damaged file is no reason to
keep what has expired.
"""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, chain, dag, task

from dateline_airflow.defaults import CARING, LONG, START, TASK_DEFAULTS, deadline


@dag(
    schedule=CronTriggerTimetable("23 3 * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    # An archive takes as long as it takes; a task that heartbeats is not taken for dead.
    default_args={
        **TASK_DEFAULTS,
        "priority_weight": CARING,
        "pool": LONG,
        "execution_timeout": timedelta(hours=6),
        "trigger_rule": "all_done",
    },
    deadline=deadline(minutes=12 * 60),
    doc_md=__doc__,
    tags=["dateline", "maintenance", "warehouse"],
)
def maintain_warehouse() -> None:
    """Draw the flow."""

    @task
    def take_up_lost() -> int:
        """Enter what stands in the archive and in no row; return how many snapshots."""
        from dateline_airflow import caring

        return caring.take_up_lost()

    @task
    def erase_expired() -> dict[str, int]:
        """Erase what is older than its source's file allows; return how much of each source."""
        from dateline_airflow import caring

        return caring.erase_expired()

    @task
    def compact_archive() -> int:
        """Join small files of the archive; return how many were joined."""
        from dateline_airflow import caring

        return caring.compact_archive()

    @task
    def prove_archive() -> dict[str, int]:
        """Read every record and file and compare all digests; fail where one is wrong."""
        from dateline_airflow import caring

        return caring.prove_archive()

    @task
    def tend_database() -> dict[str, int]:
        """Refresh the planner's statistics and give back room; return the size before and after."""
        from dateline_airflow import caring

        return caring.tend_database()

    @task(trigger_rule="one_failed")
    def end_as_failed() -> None:
        """Fail, and the run with it, where a step before failed."""
        from dateline_airflow import caring

        caring.end_as_failed()

    steps = [take_up_lost(), erase_expired(), compact_archive(), prove_archive(), tend_database()]
    chain(*steps)
    steps >> end_as_failed()


maintain_warehouse()
