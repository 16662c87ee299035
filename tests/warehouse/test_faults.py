"""What a kill, a crowd of writers and a full disk leave behind: nothing that another run does not put right.

Every test counts what it injected and fails if that was too little: a fault test without faults proves nothing.
"""

import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dateline.errors import WarehouseError
from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.engine import write_in
from dateline.warehouse.lock import only_writer
from dateline.warehouse.rows import as_sqlalchemy_tells
from fabricate import post, reading, stored
from loading_processes import ENVIRON, run, sound, start

pytestmark = pytest.mark.slow

HOLDER = """
import sys, time
from pathlib import Path
from dateline.warehouse.engine import write_in
from dateline.warehouse.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """The rows that one undisturbed run ends in, and how long it takes."""
    engine = open_warehouse(f"sqlite:///{tmp_path_factory.mktemp('quiet')}/warehouse.db")
    migrate(engine)
    began = time.monotonic()
    run(engine, seed=0)
    return row_digests(engine), time.monotonic() - began


def test_a_kill_at_any_moment_loses_and_doubles_nothing(warehouse, quiet):
    rows, seconds = quiet
    chance = random.Random(20260302)  # noqa: S311 - when to kill
    killed = tried = 0
    while tried < 6 or (killed < 3 and tried < 30):  # the machine may be faster now than when it was timed
        process = start(warehouse, tried, batch=2)
        time.sleep(chance.uniform(0.4, 1.0) * seconds)
        tried += 1
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert sound(warehouse)
    run(warehouse, seed=99)
    assert killed >= 3, "the loader was done before the kills came"
    assert row_digests(warehouse) == rows


def test_many_writers_at_once_end_in_the_rows_of_one(warehouse, quiet):
    processes = [start(warehouse, seed, batch=3) for seed in range(8)]
    said = [one.communicate(timeout=600)[1].decode() for one in processes]
    assert [one.returncode for one in processes] == [0] * 8, said
    assert "locked" not in "".join(said)
    assert row_digests(warehouse) == quiet[0]
    assert sound(warehouse)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of a megabyte and a half; skipped where this user may not mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_said_and_nothing_is_half_written(small_disk):
    engine = open_warehouse(f"sqlite:///{small_disk}/warehouse.db")
    migrate(engine)
    loaded, said = fill(engine)
    assert loaded
    assert "Make room" in said
    engine.dispose()
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    engine = open_warehouse(f"sqlite:///{small_disk}/warehouse.db")
    assert sound(engine)
    load_batch(engine, [_long(at) for at in range(loaded + 2)])
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from fct_entries")).scalar_one() == loaded + 2
    engine.dispose()


def fill(engine):
    """Load until the disk is full; return how many loads went well, and what the last one said."""
    for at in range(400):
        try:
            load_batch(engine, [_long(at)])
        except WarehouseError as error:
            return at, str(error)
    return 400, "the disk never filled"


def _long(at):
    words = " ".join(f"{at * 7919 + n:x}" for n in range(1500))
    page = reading(post(words, at=at, anchor=f"p{at}"), url=f"https://harbour-courier.example/{at}")
    return ReadSnapshot(stored=stored(at, url=page.document.url), readings=(page,))


def test_a_read_only_file_is_said(tmp_path):
    path = tmp_path / "warehouse.db"
    engine = open_warehouse(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    read_only = open_warehouse(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(WarehouseError, match="writable"):
        load_batch(read_only, [_long(1)])
    read_only.dispose()


def test_a_writer_that_waits_too_long_is_told_who_to_look_for(tmp_path):
    database = tmp_path / "warehouse.db"
    with only_writer(database), pytest.raises(WarehouseError, match="fuser"), only_writer(database, patience=0.05):
        pass


def test_the_lock_of_a_dead_writer_is_free(tmp_path):
    database = tmp_path / "warehouse.db"
    process = subprocess.Popen([sys.executable, "-c", HOLDER, database], env=ENVIRON, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    process.kill()
    process.communicate()
    with only_writer(database, patience=1):
        pass


def test_a_commit_waits_for_the_disk_unless_it_need_not_last(warehouse):
    asked, waits, does_not = ("pragma synchronous", 2, 1)
    if warehouse.dialect.name == "postgresql":
        asked, waits, does_not = ("show synchronous_commit", "on", "off")

    def setting(connection):
        return connection.exec_driver_sql(asked).scalar_one()

    assert [write_in(warehouse, setting, must_last=one) for one in (True, False, True)] == [waits, does_not, waits]


@pytest.mark.postgres
def test_a_connection_lost_while_rows_are_copied_is_told_as_sqlalchemy_tells_it(postgres_warehouse):
    with postgres_warehouse.connect() as connection:
        driver = connection.connection.driver_connection
        driver.close()
        with pytest.raises(DBAPIError) as caught, as_sqlalchemy_tells(connection, "copy"):
            driver.cursor()
    assert caught.value.connection_invalidated


@pytest.mark.postgres
def test_a_connection_lost_while_rows_are_copied_is_made_anew_and_nothing_is_lost(postgres_warehouse, quiet):
    with postgres_warehouse.begin() as connection:
        connection.exec_driver_sql("create sequence lost")  # a sequence counts on, whatever is rolled back
        connection.exec_driver_sql(
            "create function lose() returns trigger language plpgsql as $$ begin"
            " if nextval('lost') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$"
        )
        connection.exec_driver_sql(
            "create trigger lose before insert on fct_editions for each row execute function lose()"
        )
    run(postgres_warehouse, seed=5)
    with postgres_warehouse.connect() as connection:
        assert connection.exec_driver_sql("select last_value from lost").scalar_one() > 1
    assert row_digests(postgres_warehouse) == quiet[0]
