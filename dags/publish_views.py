"""Publish the views that analysts query, and check what they promise.

```text
asset syndication_links --+
every hour ---------------+--> publish --> check
                                             |
                             +---------------+
                             v               v
                asset analyst_views        export
```

- **publish**: every view of `sql/views` is made anew in one transaction; readers see the old ones or the new.
- **check**: every check of `sql/checks` is run; what one finds is kept in `fct_check_results`, and warned of.
- **export**: the views are written as Parquet to the place that the setting `exports` names; skipped without one.

The views themselves are never late: they are read when they are asked. New entries alone therefore wake nobody
here, and the hourly run, which also stands behind the asset, checks and exports them.
"""

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from dateline_airflow.assets import ANALYST_VIEWS, LIVE_ENTRIES, SYNDICATION_LINKS
from dateline_airflow.defaults import MATCHING, START, TASK_DEFAULTS, deadline


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("11 * * * *", timezone="UTC"), assets=SYNDICATION_LINKS
    ),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args={**TASK_DEFAULTS, "priority_weight": MATCHING},
    deadline=deadline(minutes=15),
    doc_md=__doc__,
    tags=["dateline", "publish", "warehouse"],
)
def publish_views() -> None:
    """Draw the flow."""

    @task
    def publish() -> list[str]:
        """Make every view anew; return their names."""
        from dateline.warehouse.views import publish_views
        from dateline_airflow.task_edge import warehouse

        with warehouse() as engine:
            return publish_views(engine)

    @task(inlets=[LIVE_ENTRIES, SYNDICATION_LINKS], outlets=[ANALYST_VIEWS])
    def check() -> dict[str, int]:
        """Run every check; warn of what one finds."""
        from dateline.warehouse.views import run_checks
        from dateline_airflow.task_edge import findings, warehouse

        with warehouse() as engine:
            return findings(run_checks(engine))

    @task
    def export() -> dict[str, int]:
        """Write the views as Parquet where a setting asks for it; return the rows of each."""
        from dateline_airflow.task_edge import exported

        return exported()

    publish() >> check() >> export()


publish_views()
