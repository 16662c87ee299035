"""The forms of `replay_snapshots` and `play_coverage`: what cannot be meant fails at once and destroys nothing."""

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from dateline_airflow import replaying

FORM = {"document": "nobody wrote it", "speed": 0, "sink": "play.ndjson", "axis": "seen", "since": None, "until": None}


@pytest.fixture
def played(warehouse, tmp_path, monkeypatch):
    """A file that an earlier play wrote."""
    monkeypatch.setenv("DATELINE_WAREHOUSE", warehouse.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setattr(replaying, "PLAYS", tmp_path / "plays")
    (tmp_path / "plays").mkdir()
    path = tmp_path / "plays" / "play.ndjson"
    path.write_text("an earlier play\n")
    return path


@pytest.mark.parametrize(("field", "said"), [("document", "nobody wrote it"), ("since", "has no zone")])
def test_a_form_that_cannot_be_meant_is_not_tried_again_and_empties_no_file(played, field, said):
    with pytest.raises(AirflowFailException, match=said):
        replaying.play({**FORM, field: {"since": "2026-03-14T06:00"}.get(field, FORM["document"])}, "manual")
    assert played.read_text() == "an earlier play\n"


def test_a_replay_that_wrote_no_row_wakes_nobody():
    with pytest.raises(AirflowSkipException):
        replaying.sum_up([{"snapshots": 3, "quarantined": 1}], {"dry_run": False})
    assert replaying.sum_up([{"snapshots": 3, "fct_entries": 1}], {"dry_run": False})["fct_entries"] == 1
