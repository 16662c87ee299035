"""Every torn, flipped or missing byte is found, and a crash or a full disk leaves nothing half-written."""

import errno
import fcntl
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pendulum
import pytest

from dateline.archive import Archive, Capture
from dateline.archive.member import walk
from dateline.errors import ArchiveError
from dateline.model import Snapshot

MOMENT = pendulum.datetime(2026, 3, 2, 9, 43)
PAGES = [
    Snapshot(
        body=os.urandom(700) + f"The ferry {n} sails. ".encode() * 60,
        url=f"https://meridian.example/{n}",
        captured_at=MOMENT.add(minutes=n),
        headers=(("Content-Type", "text/html"),),
    )
    for n in range(12)
]


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path), clock=lambda: MOMENT)


def sound(content: bytes) -> bool:
    try:
        list(walk(io.BytesIO(content)))
    except ArchiveError:
        return False
    return True


def test_every_cut_is_found(archive, tmp_path):
    locations = archive.write([Capture(snapshot=one, asked=()) for one in PAGES], "cut")
    path = tmp_path / locations[0].path
    whole = path.read_bytes()
    last_end = locations[-1].offset + locations[-1].length
    cuts = range(0, len(whole), 97)
    missed_by_index, missed_by_name = [], []
    for cut in cuts:
        path.write_bytes(whole[:cut])
        if cut < last_end and not archive.verify(locations):
            missed_by_index.append(cut)
        if archive.verify_file(locations[0].path) is None:
            missed_by_name.append(cut)
    assert len(cuts) > 100
    assert (missed_by_index, missed_by_name) == ([], [])


def test_every_flip_is_found(archive, tmp_path):
    locations = archive.write(PAGES, "flip")
    path = tmp_path / locations[0].path
    whole = bytearray(path.read_bytes())
    spans = [(one.offset, one.offset + one.length) for one in locations]
    flips, missed = range(0, len(whole), 41), []
    for at in flips:
        whole[at] ^= 1 << (at % 8)
        path.write_bytes(whole)
        is_in_record = any(start <= at < end for start, end in spans)
        found = len(archive.verify(locations)) == 1 if is_in_record else archive.verify(locations) == []
        if not found or archive.verify_file(locations[0].path) is None:
            missed.append(at)
        whole[at] ^= 1 << (at % 8)
    assert len(flips) > 200
    assert missed == []


def test_a_walk_without_an_index_stops_at_a_torn_record(archive, tmp_path):
    locations = archive.write(PAGES, "walk")
    path = tmp_path / locations[0].path
    path.write_bytes(path.read_bytes()[:-7])
    walked = archive.records(locations[0].path)
    read = [next(walked)[1] for _ in PAGES[:-1]]
    with pytest.raises(ArchiveError, match="torn"):
        next(walked)
    assert read == PAGES[:-1]


def test_a_missing_file_is_named(archive, tmp_path):
    (location,) = archive.write(PAGES[:1], "gone")
    (tmp_path / location.path).unlink()
    with pytest.raises(ArchiveError, match="no such file"):
        archive.read(location)
    (fault,) = archive.verify([location])
    assert fault.location == location


def test_a_torn_original_is_found_when_its_revisit_is_read(archive, tmp_path):
    (original,) = archive.write(PAGES[:1], "first")
    (revisit,) = archive.write([Capture(snapshot=PAGES[0], original=original)], "second")
    path = tmp_path / original.path
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(ArchiveError, match="were written"):
        archive.read(revisit)


def test_the_file_is_synced_before_it_is_named_and_its_folder_after(archive, tmp_path, monkeypatch):
    seen = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(number):
        seen.append(("fsync", str(Path(f"/proc/self/fd/{number}").readlink())))
        real_fsync(number)

    def rename(self, target):
        seen.append(("rename", str(target)))
        return real_rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    (location,) = archive.write(PAGES[:1], "2026/03/shard")
    kinds = [kind for kind, _ in seen]
    final, folder = str(tmp_path / location.path), str(tmp_path / "2026/03")
    assert kinds == ["fsync", "fsync", "fsync", "rename", "fsync"]
    assert [path for _, path in seen[:2]] == [str(tmp_path), str(tmp_path / "2026")]
    assert Path(seen[2][1]).parent == Path(folder)
    assert seen[3:] == [("rename", final), ("fsync", folder)]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed: the order of system calls is not seen")
def test_the_system_calls_come_in_that_order(tmp_path):
    script = (
        "import sys, pendulum; from dateline.archive import Archive; from dateline.model import Snapshot;"
        "Archive(sys.argv[1]).write([Snapshot(body=b'x')], 'a')"
    )
    log = tmp_path / "log"
    command = [
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=fsync,rename,renameat,renameat2",
        "-o",
        log,
        sys.executable,
        "-c",
        script,
    ]
    subprocess.run([*command, tmp_path / "archive"], check=True, env={**os.environ, "PYTHONPATH": "plugins"})
    calls = [line.split("(")[0].split()[-1] for line in log.read_text().splitlines() if "/archive" in line]
    assert calls[-3:] == ["fsync", "rename", "fsync"]


def test_a_full_disk_leaves_no_file_and_says_so(archive, tmp_path, monkeypatch):
    def full(number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveError, match="No space left"):
        archive.write(PAGES, "full")
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


KILLED = """
import os, signal, sys
from pathlib import Path
from dateline.archive import Archive
from dateline.model import Snapshot
real = {"fsync": os.fsync, "rename": Path.rename}
def kill(*_): os.kill(os.getpid(), signal.SIGKILL)
step = sys.argv[2]
if step == "before-fsync": os.fsync = kill
if step == "before-rename": Path.rename = kill
if step == "after-rename":
    def rename(self, target): real["rename"](self, target); kill()
    Path.rename = rename
Archive(sys.argv[1]).write([Snapshot(body=b"x" * 5000, url="https://a.example/")], "killed")
"""


@pytest.mark.parametrize(("step", "files"), [("before-fsync", 0), ("before-rename", 0), ("after-rename", 1)])
def test_a_kill_leaves_a_whole_file_or_none(tmp_path, step, files):
    root = tmp_path / "archive"
    root.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, root, step], check=False, env={**os.environ, "PYTHONPATH": "plugins"}
    )
    assert ended.returncode == -9
    archive = Archive(str(root))
    found = archive.files()
    assert len(found) == files
    assert [archive.verify_file(path) for path in found] == [None] * files


def test_only_a_dead_writers_leftovers_are_swept(archive, tmp_path):
    archive.write(PAGES[:1], "a")
    dead, living, young = (tmp_path / f".dateline-{name}" for name in ("dead", "living", "young"))
    for path in (dead, living, young):
        path.write_bytes(b"half")
    for path in (dead, living):
        os.utime(path, (time.time() - 3600,) * 2)
    with living.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert archive.sweep() == [dead.name]
    assert living.exists()
    assert young.exists()
    assert len(archive.files()) == 1


def test_a_disk_without_room_is_noticed_before_fetching(archive):
    assert archive.has_room(least_bytes=1, least_share=0.0)
    assert not archive.has_room(least_bytes=1 << 60)
    assert Archive("memory://room").has_room(least_bytes=1 << 60)
