"""What the asset watcher looks at: which sources fall due between two minutes, and which it has announced."""

import logging
from functools import cache

import pendulum
from pendulum import DateTime
from sqlalchemy import Engine

from dateline.errors import DatelineError
from dateline.ingest.schedule import due_between_minutes
from dateline.settings import load_settings
from dateline.warehouse.engine import open_warehouse
from dateline_airflow.hooks import warehouse_url

AGAIN_SECONDS = 60.0
log = logging.getLogger(__name__)


class Announced:
    """The sources announced within the last minute: each is announced once for as long as it stays due."""

    def __init__(self) -> None:
        """Begin with none."""
        self._at: dict[str, DateTime] = {}

    def news(self, due: list[str], now: DateTime | None = None) -> list[str]:
        """Return those of the due sources that nobody was told of yet, and remember them."""
        now = now or pendulum.now("UTC")
        self._at = {one: at for one, at in self._at.items() if one in due and at.add(seconds=AGAIN_SECONDS) > now}
        new = [one for one in due if one not in self._at]
        self._at |= dict.fromkeys(new, now)
        return new


def look() -> list[str]:
    """Return the sources that are due now. A warehouse out of reach is said once a look, and looked for again."""
    try:
        return due_between_minutes(_warehouse(warehouse_url(load_settings())), pendulum.now("UTC"))
    except DatelineError as error:
        log.warning("The warehouse cannot be asked which sources are due: %s", error)
        return []


@cache
def _warehouse(url: str) -> Engine:
    return open_warehouse(url)
