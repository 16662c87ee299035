"""The catalogue of DAGs says what the DAGs are."""

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]


def test_the_catalogue_is_what_the_dags_say(python, project):
    script = (
        "import sys; from pathlib import Path; from dateline_airflow.catalogue import catalogue;"
        "Path(sys.argv[1]).write_text(catalogue(Path('dags')))"
    )
    written = project / "dags" / "README.md"
    fresh = python("-c", script, "/dev/stdout").stdout
    assert fresh.endswith(written.read_text()), "run `make catalogue`"
