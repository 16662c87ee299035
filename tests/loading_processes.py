"""Processes that load a story into a warehouse, for tests that kill them, crowd them or take their server away."""

import os
import subprocess
import sys

from sqlalchemy import text

from dateline.settings import PROJECT

LOADER = PROJECT / "tests" / "warehouse" / "loader.py"
ENVIRON = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "plugins"), str(PROJECT / "tests")])}


def start(engine, seed, batch=4):
    """Start a process that loads the story in the order of a seed, so many captures a batch."""
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen([sys.executable, LOADER, url, str(seed), str(batch)], env=ENVIRON, stderr=subprocess.PIPE)


def run(engine, seed):
    """Load the story to its end."""
    process = start(engine, seed)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def sound(engine):
    """Say whether the database is whole."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return connection.execute(text("pragma integrity_check")).scalar_one() == "ok"
        return connection.execute(text("select 1")).scalar_one() == 1
