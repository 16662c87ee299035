"""The times that servers state in headers, as seconds from now, held within reason."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

import pendulum
from pendulum import DateTime

from dateline.model import Snapshot

_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)
DAY_SECONDS = 86_400.0


def retry_after(stated: str | None, now: DateTime, *, least: float, most: float = DAY_SECONDS) -> float | None:
    """Return the seconds that a Retry-After asks for, held between ``least`` and ``most``; None if it says nothing.

    It may be seconds or a date; a negative number, a date in the past or ten years ahead are held too.
    """
    if stated is None:
        return None
    text = stated.strip()
    if _DIGITS.fullmatch(text.lstrip("+-")):
        return min(max(float(text), least), most)
    moment = http_date(text)
    if moment is None:
        return None
    return min(max((moment - now).total_seconds(), least), most)


def fresh_for(snapshot: Snapshot) -> float | None:
    """Return the seconds for which an answer stays fresh: its max-age less the Age it had in a cache already."""
    stated = max_age(snapshot.header("cache-control"))
    age = (snapshot.header("age") or "").strip()
    if stated is None or not _DIGITS.fullmatch(age):
        return stated
    return max(stated - float(age), 0.0)


def max_age(cache_control: str | None) -> float | None:
    """Return the seconds for which an answer calls itself fresh; None where it does not say, 0 for no-cache."""
    if not cache_control:
        return None
    if re.search(r"\bno-(?:cache|store)\b", cache_control, re.IGNORECASE):
        return 0.0
    found = _MAX_AGE.search(cache_control)
    return float(found[1]) if found else None


def http_date(stated: str) -> DateTime | None:
    """Read an HTTP date; None where it is none. A server's clock is its own: never used for our times."""
    if len(stated) > 64:
        return None
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return pendulum.instance(aware).in_timezone("UTC")
