"""`review_copies` asks a person through Airflow's own forms, and the answer wins."""

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]


@pytest.fixture(scope="module")
def facts(facts_of, tmp_path_factory):
    """Ask in a warehouse of its own: in that of the other tests more than one origin is doubtful."""
    folder = tmp_path_factory.mktemp("review")
    return facts_of("answer_review.py", DATELINE_WAREHOUSE=f"sqlite:///{folder}/warehouse.db")


def test_an_answer_through_the_api_becomes_a_verdict_that_lasts(facts):
    assert (facts["state"], facts["errors"], facts["answered"]) == ("success", [], 200)
    assert facts["verdicts"] == [["Ada", 1, "portal", "I asked both of them."]]
    assert facts["origins"] == [["portal", 1.0]]


def test_what_a_person_judged_is_not_asked_again(facts):
    assert facts["again"] == {"skipped": 2}


def test_the_form_gives_both_sides_and_the_reason(facts):
    asked = facts["question"]
    assert asked["subject"] == "Who wrote it: Elva Gazette or Harbour Portal?"
    assert asked["options"] == ["1. Elva Gazette", "2. Harbour Portal", "Neither copied", "Ask again tomorrow"]
    assert asked["options"][3] == asked["defaults"][0]
    assert "Nothing tells the two apart" in asked["body"]
    assert "100%" in asked["body"]


def test_a_verdict_needs_no_reason(facts):
    """Airflow greys its buttons out while a field that needs words has none."""
    assert facts["question"]["params"]["why"]["schema"]["type"] == ["null", "string"]


def test_words_of_a_page_neither_run_nor_format(facts):
    asked = facts["question"]
    assert "49" not in asked["body"]
    assert "{{" not in asked["body"]
    assert "<b>" not in asked["body"]
    assert r"\*strike\*" in asked["body"]
