"""Which failure of a task is worth trying again, and when.

A source that fails does not fail its task: the warehouse remembers it and plans its next poll. What does fail a
task is told apart here. Airflow 3.2 has no retry policies: there every failure is tried again.
"""

from datetime import timedelta
from typing import Any

from dateline.errors import FetchError

LATER = timedelta(minutes=5)
NEVER = frozenset({"not_found", "gone", "robots", "opted_out", "forbidden"})
"""What the other side has decided; the rest of the final ones are wrong addresses."""
BUSY = frozenset({"throttled", "unavailable", "server_error", "host_busy"})
"""429 and 5xx: the other side asks for time."""

try:
    from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryDecision, RetryRule
except (ImportError, AttributeError):  # Airflow 3.2
    RETRIES: dict[str, Any] = {}
else:

    class Patience(ExceptionRetryPolicy):
        """Rules for errors by their class, and for an answer by its reason."""

        def evaluate(
            self, exception: BaseException, try_number: int, max_tries: int, context: Any = None
        ) -> RetryDecision:
            """Fail at once where asking again cannot help, wait where a server asked for it."""
            if isinstance(exception, FetchError):
                if exception.is_final or exception.reason in NEVER:
                    return RetryDecision.fail(f"{exception.reason}: asking again will not mend it.")
                if exception.reason in BUSY:
                    return RetryDecision.retry(LATER, f"{exception.reason}: the server asks for time.")
            return super().evaluate(exception, try_number, max_tries, context)

    RETRIES = {
        "retry_policy": Patience(
            rules=[
                RetryRule(
                    exception=["dateline.errors.SettingsError", "dateline.errors.SourceError"],
                    action=RetryAction.FAIL,
                    reason="A file of this installation is wrong; asking again will not mend it.",
                ),
            ],
        )
    }
"""Everything else is tried again: a load is safe to repeat, whole or half done."""
