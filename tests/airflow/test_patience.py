"""What is worth trying again is tried again; a wrong file or a refusal is reported at once."""

from datetime import timedelta

import pytest
from airflow.sdk import RetryAction

from dateline.errors import ArchiveError, FetchError, SettingsError, SourceError, WarehouseError
from dateline_airflow.defaults import TASK_DEFAULTS
from dateline_airflow.patience import RETRIES

POLICY = RETRIES["retry_policy"]


def judged(error):
    return POLICY.evaluate(error, try_number=1, max_tries=3)


@pytest.mark.parametrize("error", [SettingsError("no such setting"), SourceError("unknown key")])
def test_a_wrong_file_of_the_installation_is_not_retried(error):
    assert judged(error).action is RetryAction.FAIL


@pytest.mark.parametrize("reason", ["not_found", "gone", "robots", "forbidden"])
def test_what_the_other_side_decided_is_not_retried(reason):
    assert judged(FetchError(reason, "no")).action is RetryAction.FAIL
    assert judged(FetchError("bad_address", "no host", is_final=True)).action is RetryAction.FAIL


@pytest.mark.parametrize("reason", ["throttled", "unavailable", "server_error"])
def test_a_server_that_asks_for_time_gets_it(reason):
    verdict = judged(FetchError(reason, "later"))
    assert verdict.action is RetryAction.RETRY
    assert verdict.retry_delay >= timedelta(minutes=1)


@pytest.mark.parametrize(
    "error", [WarehouseError("locked"), ArchiveError("torn"), FetchError("timeout", "30 s"), OSError(28, "full")]
)
def test_everything_else_is_tried_again(error):
    assert judged(error).action is RetryAction.DEFAULT


def test_the_policy_survives_the_way_to_the_scheduler():
    restored = type(POLICY).deserialize(POLICY.serialize())
    assert restored.evaluate(SourceError("x"), 1, 3).action is RetryAction.FAIL


def test_three_retries_outlast_a_minute_of_trouble():
    first, factor = TASK_DEFAULTS["retry_delay"].total_seconds(), TASK_DEFAULTS["retry_exponential_backoff"]
    assert sum(first * factor**one for one in range(TASK_DEFAULTS["retries"])) >= 60
