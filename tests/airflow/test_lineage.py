"""OpenLineage hears of the warehouse's tables as datasets, described, and of no password."""

import json

import pytest

from dateline_airflow.assets import LIVE_BLOGS, LIVE_ENTRIES, SYNDICATION_LINKS
from dateline_airflow.lineage import dataset_of, named

PAGE = """<!doctype html><html lang="en"><head><title>Harbour master retires</title></head><body><article>
<h1>Harbour master retires</h1>
<p>The harbour master of Eastquay retires after thirty years on the water, the port said on Friday morning.</p>
<p>Her deputy takes over on the first of May, when the new tide gates are opened to the public.</p>
</article></body></html>"""


def test_a_table_is_named_by_its_server_and_never_with_a_password(monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", "postgresql://ana:herring-and-rye@db.example:5433/dateline")
    found = dataset_of(LIVE_ENTRIES, None)
    assert (found.namespace, found.name) == ("postgres://db.example:5433", "dateline.public.fct_entries")
    assert "herring" not in repr(found)


def test_a_table_and_its_columns_are_described(monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", "sqlite:////var/warehouse.db")
    facets = dataset_of(LIVE_ENTRIES, None).facets
    columns = {one.name: one for one in facets["schema"].fields}
    assert columns["entry_id"].type == "TEXT"
    assert columns["entry_id"].description.startswith("Derived from the document")
    assert facets["documentation"].description.startswith("Entries.")


@pytest.mark.airflow
@pytest.mark.slow
@pytest.mark.xdist_group("airflow")
def test_the_dags_tell_which_tables_they_read_and_write(python, tmp_path):
    page, events = tmp_path / "page.html", tmp_path / "events.ndjson"
    page.write_text(PAGE)
    warehouse = f"sqlite:///{tmp_path}/warehouse.db"
    done = python(
        "-m", "dateline_airflow.run", "--files", str(page),
        DATELINE_WAREHOUSE=warehouse,
        DATELINE_ARCHIVE=str(tmp_path / "archive"),
        AIRFLOW__OPENLINEAGE__TRANSPORT=json.dumps({"type": "file", "log_file_path": str(events), "append": True}),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = [json.loads(line) for line in events.read_text().splitlines()]
    ended = {one["job"]["name"]: one for one in told if one["eventType"] == "COMPLETE"}
    entries, blogs, links = (
        named(warehouse, one.uri.rpartition("/")[2]) for one in (LIVE_ENTRIES, LIVE_BLOGS, SYNDICATION_LINKS)
    )
    assert tables(ended["ingest_coverage.shard.load"]["outputs"]) == {entries, blogs}
    assert tables(ended["match_syndication.match"]["inputs"]) == {entries}
    assert tables(ended["match_syndication.match"]["outputs"]) == {links}
    assert tables(ended["publish_views.check"]["inputs"]) == {entries, links}


def tables(datasets):
    return {(one["namespace"], one["name"]) for one in datasets}
