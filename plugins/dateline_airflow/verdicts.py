"""Questions out of the warehouse, verdicts into it."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from dateline.errors import SyndicationError
from dateline.matching import judge_link
from dateline.matching.doubts import doubts
from dateline_airflow.questions import answer_of, question_of, verdict_of
from dateline_airflow.task_edge import warehouse

AT_A_TIME = 20
log = logging.getLogger(__name__)


def questions() -> list[dict[str, Any]]:
    """Return the forms of the links that the rules are least sure of; skip the task where there is none."""
    with warehouse() as engine:
        found = [question_of(doubt) for doubt in doubts(engine, AT_A_TIME)]
    if not found:
        raise AirflowSkipException("No origin is in doubt.")
    return found


def keep(link_id: str, document_ids: Sequence[str], options: Sequence[str], result: Mapping[str, Any]) -> None:
    """Keep what a person said of a link. A link that is gone meanwhile needs no verdict."""
    chosen, person, why = answer_of(result)
    verdict = verdict_of(chosen, options, document_ids)
    if verdict is None:
        return
    with warehouse() as engine:
        try:
            judge_link(engine, link_id, person=person, said_at=result["responded_at"], why=why, **verdict)
        except SyndicationError as error:
            log.warning("%s", error)
