"""What is worth trying again is tried again; a wrong file is reported at once."""

import pytest
from airflow.sdk import RetryAction

from dateline.errors import ArchiveError, FetchError, SettingsError, SourceError, WarehouseError
from dateline_airflow.defaults import RETRIES, TASK_DEFAULTS


@pytest.mark.parametrize("error", [SettingsError("no such setting"), SourceError("unknown key")])
def test_a_wrong_file_of_the_installation_is_not_retried(error):
    assert RETRIES.evaluate(error, try_number=1, max_tries=3).action is RetryAction.FAIL


@pytest.mark.parametrize(
    "error", [WarehouseError("locked"), ArchiveError("torn"), FetchError("timeout", "30 s"), OSError(28, "full")]
)
def test_everything_else_is_tried_again(error):
    assert RETRIES.evaluate(error, try_number=1, max_tries=3).action is RetryAction.DEFAULT


def test_the_policy_survives_the_way_to_the_scheduler():
    restored = type(RETRIES).deserialize(RETRIES.serialize())
    assert restored.evaluate(SourceError("x"), 1, 3).action is RetryAction.FAIL


def test_three_retries_outlast_a_minute_of_trouble():
    first, factor = TASK_DEFAULTS["retry_delay"].total_seconds(), TASK_DEFAULTS["retry_exponential_backoff"]
    assert sum(first * factor**one for one in range(TASK_DEFAULTS["retries"])) >= 60
