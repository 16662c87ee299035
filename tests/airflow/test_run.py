"""`make run`: the bundled coverage goes through the real DAGs into the warehouse, and a second run adds nothing."""

import socket
import sqlite3

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.xdist_group("airflow")]

LOGS = {"fct_fetches", "fct_check_results"}
"""What was asked and what was checked, once a run: not coverage."""


@pytest.fixture(scope="module")
def warehouse(environ):
    return environ["DATELINE_WAREHOUSE"].removeprefix("sqlite:///")


def counts(warehouse):
    with sqlite3.connect(warehouse) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: _count(connection, name) for name in names}


def _count(connection, table):
    return connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608 - its own tables


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def first(python, port, warehouse):
    done = python("-m", "dateline_airflow.run", DATELINE_NEWSROOM_PORT=port)
    return done, counts(warehouse)


def test_the_first_run_succeeds_and_says_what_is_there(first):
    done, _ = first
    assert done.returncode == 0, done.stdout + done.stderr
    for dag_id in ("ingest_coverage", "match_syndication", "publish_views"):
        assert f"✓ {dag_id}" in done.stdout
    assert "In the warehouse" in done.stdout


def test_the_first_run_loads_live_blogs_articles_and_their_history(first, warehouse):
    _, rows = first
    assert rows["dim_documents"] > 5
    assert rows["fct_entries"] > 30
    assert rows["fct_entry_versions"] > rows["fct_entries"]
    with sqlite3.connect(warehouse) as connection:
        states = dict(connection.execute("select state, count(*) from fct_snapshots group by state"))
        kinds = {kind for (kind,) in connection.execute("select distinct kind from dim_documents")}
        deleted = connection.execute("select count(*) from fct_entries where deleted_proof is not null").fetchone()[0]
    assert states["loaded"] > 80
    assert "stored" not in states
    assert {"article", "live_blog"} <= kinds
    assert deleted > 0


def test_the_first_run_finds_the_copies(first):
    _, rows = first
    assert rows["fct_syndications"] > 0


def test_a_second_run_doubles_nothing(first, python, port, warehouse):
    _, before = first
    done = python("-m", "dateline_airflow.run", DATELINE_NEWSROOM_PORT=port)
    assert done.returncode == 0, done.stdout + done.stderr
    after = counts(warehouse)
    assert {name: count for name, count in after.items() if name not in LOGS} == {
        name: count for name, count in before.items() if name not in LOGS
    }


def test_files_go_through_the_same_dags(python, tmp_path):
    page = tmp_path / "a page.html"
    page.write_text(ARTICLE)
    done = python(
        "-m",
        "dateline_airflow.run",
        "--files",
        f"'{tmp_path}/a pa*.html'",
        DATELINE_WAREHOUSE=f"sqlite:///{tmp_path}/warehouse.db",
        DATELINE_ARCHIVE=str(tmp_path / "archive"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with sqlite3.connect(tmp_path / "warehouse.db") as connection:
        assert connection.execute("select kind, title from dim_documents").fetchall() == [
            ("article", "Harbour master retires")
        ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--files", "missing*.html"), "nothing is at 'missing*.html'"),
        (("--url", "ftp://news.example"), "name an http or https address"),
        (("--files", "a", "--url", "b"), "name one of them"),
    ],
)
def test_what_cannot_be_run_is_said_in_one_line(python, arguments, said):
    done = python("-m", "dateline_airflow.run", *arguments)
    assert done.returncode == 1
    assert done.stdout.startswith("make run: ")
    assert said in done.stdout


def test_an_address_that_nobody_answers_is_named_and_fails(python, tmp_path, port):
    done = python(
        "-m",
        "dateline_airflow.run",
        "--url",
        f"http://127.0.0.1:{port}/nothing",
        DATELINE_WAREHOUSE=f"sqlite:///{tmp_path}/warehouse.db",
        DATELINE_ARCHIVE=str(tmp_path / "archive"),
    )
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stdout


ARTICLE = """<!doctype html>
<html lang="en"><head><title>Harbour master retires</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Harbour master retires", "datePublished": "2026-03-01T09:30:00Z",
"url": "https://courier.example/harbour-master", "publisher": {"@type": "Organization", "name": "The Harbour Courier"}}
</script></head><body><article><h1>Harbour master retires</h1>
<p>After forty years on the quay Agneta Rosendal hands over the keys of the harbour office on Friday morning.</p>
<p>She will keep her boat, she says, and her opinion of the new breakwater, which has not improved with the years.</p>
<p>Her successor comes from the pilots' station at Venn and has never lived more than a mile from the sea.</p>
</article></body></html>
"""
