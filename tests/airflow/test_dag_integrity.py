"""Every DAG says what it does and who owns it, is patient with failures, and costs next to nothing to parse."""

import configparser
import json

import pytest

from dateline_airflow.cluster import celery_environ
from dateline_airflow.defaults import TAGS

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

SCHEDULED = {"ingest_coverage", "match_syndication", "publish_views", "maintain_warehouse", "review_copies"}
EXPECTED = SCHEDULED | {"replay_snapshots", "play_coverage"}
MOST = 10
ZOMBIE_SECONDS = 300
LONG = ("replay_snapshots.read_again", "maintain_warehouse.", "play_coverage.play")
"""An archive takes as long as it takes, a play as long as the coverage did."""

MANY_AT_A_TIME = {"play_coverage"}


@pytest.fixture(scope="module")
def facts(facts_of):
    return facts_of("parse_dags.py")


@pytest.fixture(scope="module")
def dags(facts):
    return facts["dags"]


@pytest.fixture(scope="module")
def tasks(dags):
    return {f"{dag_id}.{task_id}": task for dag_id, dag in dags.items() for task_id, task in dag["tasks"].items()}


def test_every_file_imports(facts):
    assert facts["import_errors"] == {}


def test_the_dags_are_the_expected_ones(dags):
    assert set(dags) == EXPECTED
    assert len(dags) <= MOST


def test_a_file_is_named_after_its_dag(dags):
    assert {dag_id: dag["file"] for dag_id, dag in dags.items()} == {dag_id: f"{dag_id}.py" for dag_id in dags}


def test_parsing_takes_less_than_a_second(facts):
    assert facts["seconds"] < 1.0


def test_parsing_opens_no_connection_and_writes_nothing(facts):
    assert facts["touched"] == []


def test_parsing_loads_no_reader_and_no_database(facts):
    assert facts["imported"] == []


def test_tags_come_from_the_closed_list(dags):
    for dag_id, dag in dags.items():
        assert set(dag["tags"]) <= TAGS, dag_id
        assert "dateline" in dag["tags"], dag_id


def test_the_docs_draw_the_flow(dags):
    for dag_id, dag in dags.items():
        assert "-->" in dag["doc"], dag_id
        assert len(dag["doc"].splitlines()) > 5, dag_id


def test_the_picture_fits_into_the_documentation_window(dags):
    for dag_id, dag in dags.items():
        picture = dag["doc"].split("```")[1]
        assert max(map(len, picture.splitlines())) <= 50, dag_id


def test_runs_neither_catch_up_nor_overlap(dags):
    for dag_id, dag in dags.items():
        assert not dag["catchup"], dag_id
        assert dag["max_active_runs"] == 1 or dag_id in MANY_AT_A_TIME, dag_id


def test_every_field_of_a_form_is_described(dags):
    assert set(dags["replay_snapshots"]["params"]) == {"since", "until", "source", "dry_run"}
    assert set(dags["play_coverage"]["params"]) == {"document", "speed", "sink", "axis", "since", "until"}
    for dag_id, dag in dags.items():
        for name, description in dag["params"].items():
            assert description, f"{dag_id}.{name}"


def test_every_task_has_an_owner_and_a_docstring(tasks):
    for name, task in tasks.items():
        assert task["owner"] == "dateline", name
        assert task["doc"].endswith("."), name


def test_every_task_is_retried_with_growing_patience(tasks):
    for name, task in tasks.items():
        assert task["retries"] >= 3, name
        assert task["backoff"] > 1, name


def test_no_task_outlives_the_time_after_which_airflow_takes_it_for_dead(tasks):
    for name, task in tasks.items():
        assert task["timeout"], name
        assert task["timeout"] < ZOMBIE_SECONDS or name.startswith(LONG), name


def test_no_task_outlives_the_time_after_which_redis_gives_it_to_a_second_worker(tasks):
    stated = celery_environ("postgresql://127.0.0.1/airflow", "redis://127.0.0.1/5")
    visible = int(stated["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"])
    assert max(task["timeout"] for task in tasks.values()) < visible


def test_each_asset_has_a_task_that_makes_it(tasks):
    made = {outlet for task in tasks.values() for outlet in task["outlets"]}
    assert made == {"live_entries", "live_blogs", "syndication_links", "analyst_views"}


def test_a_step_that_failed_fails_its_run_though_the_next_ones_run(dags):
    """Airflow judges a run by its last tasks: one that follows all steps has to fail where one of them did."""
    for dag_id, dag in dags.items():
        patient = {name for name, task in dag["tasks"].items() if task["rule"] == "all_done"}
        judges = [task["follows"] for task in dag["tasks"].values() if task["rule"] == "one_failed"]
        assert not patient or sorted(patient) in judges, dag_id


def test_every_scheduled_run_has_a_deadline(dags):
    assert {dag_id for dag_id, dag in dags.items() if dag["deadlines"]} >= SCHEDULED


def test_every_pool_that_a_task_waits_for_is_among_those_that_are_made(tasks, project):
    made = set(json.loads((project / "dags" / "pools.json").read_text()))
    assert {task["pool"] for task in tasks.values()} == made


def test_what_lasts_for_hours_holds_no_slot_that_new_coverage_waits_for(tasks, project):
    long = {name for name, task in tasks.items() if task["timeout"] >= ZOMBIE_SECONDS}
    assert {name for name, task in tasks.items() if task["pool"] == "dateline_long"} == long
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(project / "airflow.cfg")
    slots = json.loads((project / "dags" / "pools.json").read_text())["dateline_long"]["slots"]
    assert slots < int(parser["core"]["parallelism"])


def test_new_coverage_goes_before_matching_and_that_before_care(tasks):
    weights = [
        {task["priority"] for name, task in tasks.items() if name.startswith(dag_id)}
        for dag_id in ("ingest_coverage", "match_syndication", "maintain_warehouse")
    ]
    assert all(len(one) == 1 for one in weights)
    first, second, third = (one.pop() for one in weights)
    assert first > second > third


def test_every_mapped_task_has_a_label_that_people_can_read(tasks):
    for name, task in tasks.items():
        assert task["label"] or not task["is_mapped"], name


def test_somebody_can_be_told_of_every_failure(tasks):
    for name, task in tasks.items():
        assert "task_failed" in task["on_failure"], name
