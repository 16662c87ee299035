"""The operator that asks a person whose text it is, and keeps the answer at once."""

from collections.abc import Sequence
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator


class AskWhoseTextItIs(HITLOperator):
    """One question about one link. An answer is kept in the warehouse when it comes, and wins over every rule.

    Nobody answers in time: the last choice is taken, which decides nothing, and the link is asked about again.
    """

    def __init__(self, *, link_id: str, document_ids: Sequence[str], **kwargs: Any) -> None:
        """Take the link and its two sides, in the order of the choices, beside what the form needs."""
        super().__init__(**kwargs)
        self.link_id = link_id
        self.document_ids = document_ids

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Keep the verdict; return what Airflow keeps of the answer."""
        from dateline_airflow.verdicts import keep  # noqa: PLC0415 - the scheduler parses this file too

        result = super().execute_complete(context, event)
        keep(self.link_id, self.document_ids, self.options, result)
        return result
