"""`make cluster ARCHIVE=s3`: the variables that it hands to every worker make a bucket the archive."""

import json

import pytest

from dateline_airflow.object_store import open_store

PROGRAM = """
import json, os
from dateline.archive import Archive
from dateline.model import Snapshot
archive = Archive(os.environ["DATELINE_ARCHIVE"])
(location,) = archive.write([Snapshot(body=b"The gates are shut.")], "polls/2026")
print(json.dumps([archive.read(location).body.decode(), archive.verify([location]), list(archive.files())]))
"""


@pytest.mark.airflow
def test_a_process_with_the_variables_writes_to_the_bucket(python):
    with open_store() as environ:
        assert environ["FSSPEC_S3_ENDPOINT_URL"].startswith("http://127.0.0.1:")
        done = python("-c", PROGRAM, **environ)
    assert done.returncode == 0, done.stderr
    body, faults, (name,) = json.loads(done.stdout.splitlines()[-1])
    assert (body, faults) == ("The gates are shut.", [])
    assert name.startswith("polls/2026-")
