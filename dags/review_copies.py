"""Ask people whose text it is, where the rules cannot tell.

```text
every morning --> find doubtful origins
                    |
                    +--> ask (one for each link)
                           |
                           v
                         warehouse: verdicts
```

- **find doubtful origins**: links between copies whose origin is less sure than 0.6, the least sure first, twenty at
  most. Skipped where there is none.
- **ask**: a form under *Required Actions*: both sides with carrier, title, times and what each says for itself, a
  passage that both have, and why we ask. The answer is kept when it comes; it wins over every rule, also when all is
  matched again. A task that waits for a person holds no worker.

A question that nobody answers within a day is put again the next morning. `dateline judge` gives a verdict without
Airflow.
"""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from dateline_airflow.defaults import CARING, START, TASK_DEFAULTS, deadline
from dateline_airflow.reviewing import AskWhoseTextItIs


@dag(
    schedule=CronTriggerTimetable("11 6 * * *", timezone="UTC"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args={**TASK_DEFAULTS, "priority_weight": CARING},
    deadline=deadline(minutes=24 * 60),
    doc_md=__doc__,
    tags=["dateline", "syndication", "review", "warehouse"],
)
def review_copies() -> None:
    """Draw the flow."""

    @task
    def find_doubtful_origins() -> list[dict[str, object]]:
        """Write a form for each link whose origin is in doubt."""
        from dateline_airflow.verdicts import questions

        return questions()

    AskWhoseTextItIs.partial(
        task_id="ask",
        doc_md="Ask one person, once, whose text it is.",
        defaults="Ask again tomorrow",
        response_timeout=timedelta(hours=23),
        params={
            "why": Param(None, type=["null", "string"], title="Why", description="Kept with the verdict; may be empty.")
        },
        map_index_template="{{ task.subject | truncate(60) }}",
    ).expand_kwargs(find_doubtful_origins())


review_copies()
