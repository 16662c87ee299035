"""Every golden case is read as its files say. How a case is laid out and written: ``tests/golden.py``."""

from pathlib import Path

import pytest

from dateline.errors import ExtractError
from dateline.extract.page import Page
from dateline.extract.recognise import formats, read_page
from dateline.reading import read
from golden import Case, cases, document_lines, reading_lines

CASES = cases()


def _check(path: Path, found: list[str], *, update: bool) -> None:
    if update:
        path.write_text("".join(found), encoding="utf-8")
    assert path.exists(), f"{path} is missing: run with --update-golden, then read what was written"
    assert found == path.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize("case", [one for one in CASES if "error" not in one.about], ids=lambda one: one.name)
def test_a_page_is_read_as_it_states(case: Case, update_golden: bool):
    document = read_page(Page(case.snapshot), case.source, case.about.get("format"))
    _check(case.folder / "stated.ndjson", list(document_lines(document)), update=update_golden)
    assert document.format == case.about.get("format", case.folder.parent.name)


@pytest.mark.parametrize("case", [one for one in CASES if "error" not in one.about], ids=lambda one: one.name)
def test_a_page_is_judged_as_expected(case: Case, update_golden: bool):
    readings = read(case.snapshot, case.source, case.about.get("format"))
    _check(case.folder / "readings.ndjson", list(reading_lines(readings)), update=update_golden)


@pytest.mark.parametrize("case", [one for one in CASES if "error" in one.about], ids=lambda one: one.name)
def test_a_page_that_says_nothing_is_refused(case: Case):
    with pytest.raises(ExtractError, match=case.about["error"]):
        read_page(Page(case.snapshot), case.source, case.about.get("format"))


def test_every_format_has_a_case():
    assert {one.folder.parent.name for one in CASES} >= set(formats())


def test_every_trap_has_a_case():
    stated = {trap for one in CASES for trap in one.about.get("traps", ())}
    assert stated >= set(range(1, 28))
