"""Real captures and collected date strings: what is claimed agrees with them."""

import ast
import gzip
import json
import re
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.dating.frame import Frame
from dateline.dating.grammar import parse
from dateline.dating.ids import created_by_ids
from dateline.dating.spans import resolve
from dateline.errors import DatingError
from dateline.model import Basis, Dating, Precision

pytestmark = pytest.mark.corpus

GO_STAMP = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)\d* \+0000 UTC")
IN_GO_ZONELESS = re.compile(r"\b(?:MST|PST|CEST|CET)\b|UTC-05")
"""What the Go library behind half of the strings drops: it keeps the clock and forgets the zone."""

OTHER_ASSUMPTIONS = {
    "11. 12. 2014, 08:45:39": "expected month first; with dots the day stands first",
    "2004년 05월 28일  01:31:15": "expected in Korean time, which the string does not say",
}


def expected(stated: str | None) -> datetime | None:
    if not isinstance(stated, str):
        return None
    if match := GO_STAMP.fullmatch(stated):
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    numbers = re.fullmatch(r"(?:datetime)?(\([\d, ]+\))", stated)
    if numbers is None:
        return None
    parts = ast.literal_eval(numbers[1])
    return datetime(*parts[:6], tzinfo=UTC) if isinstance(parts, tuple) and len(parts) >= 3 else None


def _start(found: Dating) -> datetime:
    """A whole day is expected as its first instant; ``at`` keeps the day's name instead."""
    return found.earliest if found.precision is Precision.DAY else found.at


@pytest.fixture(scope="module")
def strings(corpus: Path) -> list[dict[str, str]]:
    with tarfile.open(corpus / "badinput" / "badinput.tar.xz") as archive:
        member = next(one for one in archive if one.name.endswith("date-strings/dates.json"))
        return json.load(archive.extractfile(member))


def test_collected_date_strings_are_read_as_expected_or_refused(strings):
    """No other library's guess is matched at the price of a wrong claim: see ``OTHER_ASSUMPTIONS``."""
    frame, right, refused, wrong = Frame(zones=(UTC,)), 0, 0, []
    for one in strings:
        want = expected(one.get("expect"))
        if want is None:
            continue
        try:
            found = resolve(parse(one["s"]), frame, Basis.FEED, one["s"])
        except DatingError:
            refused += 1
            continue
        if found.earliest is None and found.latest is None:
            refused += 1
        elif found.at is not None and abs((_start(found) - want).total_seconds()) < 1:
            right += 1
        elif found.at is not None or not found.earliest <= want <= found.latest:
            wrong.append(one["s"])
    unexplained = [one for one in wrong if not IN_GO_ZONELESS.search(one) and one not in OTHER_ASSUMPTIONS]
    assert unexplained == []
    assert right >= 370, f"{right} right, {refused} refused, {len(wrong)} otherwise"


def test_no_collected_string_raises_anything_but_a_dating_error(strings):
    assert len(strings) > 1700
    for one in strings:
        try:
            parse(one["s"])
        except DatingError:
            continue


def test_ids_of_real_posts_tell_their_creation_before_their_publication(corpus: Path):
    lags = []
    for path in sorted((corpus / "liveblogs" / "guardian-api" / "truth").glob("*.jsonl*"))[:60]:
        body = path.read_bytes()
        lines = (gzip.decompress(body) if path.suffix == ".gz" else body).decode().splitlines()
        rows = [json.loads(line) for line in lines]
        born = created_by_ids([one["id"] for one in rows], None)
        lags += [
            (datetime.fromisoformat(one["time"]) - created).total_seconds()
            for one, created in zip(rows, born, strict=True)
            if one["time"] and created
        ]
    assert len(lags) > 1000
    assert sum(lag < -60 for lag in lags) <= 0.002 * len(lags)
    assert 0 <= sorted(lags)[len(lags) // 2] < 600
