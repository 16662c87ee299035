"""Find which texts are copies, of what, and who wrote them.

```text
asset live_entries --+
every half hour -----+--> match
                            |
                            v
                          asset syndication_links
```

- **match**: everything in the warehouse that is not yet matched is compared with what is there: prints, candidates,
  shared sentences, and the reason why one side is the origin. Copies of live blogs are then aligned with stored
  originals, which give them back their times. A skipped *match* means that nothing was new.

The half-hour run stands behind the asset: an event may be lost while a DAG is paused, work may not.
"""

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from dateline_airflow.assets import LIVE_ENTRIES, SYNDICATION_LINKS
from dateline_airflow.defaults import MATCHING, START, TASK_DEFAULTS, deadline


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("7,37 * * * *", timezone="UTC"), assets=LIVE_ENTRIES),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args={**TASK_DEFAULTS, "priority_weight": MATCHING},
    deadline=deadline(minutes=15),
    doc_md=__doc__,
    tags=["dateline", "syndication", "warehouse"],
)
def match_syndication() -> None:
    """Draw the flow."""

    @task(inlets=[LIVE_ENTRIES], outlets=[SYNDICATION_LINKS])
    def match() -> dict[str, int]:
        """Link every text that was never compared to what it shares text with."""
        from dateline.matching import match
        from dateline_airflow.task_edge import linked, warehouse

        with warehouse() as engine:
            return linked(match(engine))

    match()


match_syndication()
