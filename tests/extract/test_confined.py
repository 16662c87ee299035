import os
import signal
import threading
import time
from pathlib import Path

import pytest

from dateline.errors import ExtractError
from dateline.extract.confined import Limits, confined, confined_to


def test_it_returns_what_the_function_returns():
    assert confined(divmod, 17, 5) == (3, 2)


def test_a_large_answer_arrives_whole():
    assert len(confined(lambda size: b"x" * size, 20_000_000)) == 20_000_000


def test_the_function_runs_in_another_process():
    assert confined(os.getpid) != os.getpid()


def test_an_error_of_the_parser_names_its_type_and_message():
    with pytest.raises(ExtractError, match="ZeroDivisionError: integer division"):
        confined(divmod, 1, 0)


def test_its_own_extract_error_arrives_as_it_was():
    def refuse() -> None:
        raise ExtractError("no feed")

    with pytest.raises(ExtractError, match=r"^no feed$"):
        confined(refuse)


def test_an_answer_that_cannot_be_pickled_is_an_error():
    with pytest.raises(ExtractError, match="pickle"):
        confined(lambda: lambda: None)


def test_endless_work_is_stopped_by_its_cpu_limit():
    started = time.monotonic()
    with pytest.raises(ExtractError, match="stopped"):
        confined_to(Limits(cpu_seconds=1), sum, iter(int, 1))
    assert time.monotonic() - started < 10


def test_a_child_that_sleeps_is_stopped_by_the_wall_clock():
    started = time.monotonic()
    with pytest.raises(ExtractError, match="stopped"):
        confined_to(Limits(wall_seconds=0.3), time.sleep, 60)
    assert time.monotonic() - started < 5


def test_memory_beyond_the_limit_is_refused():
    with pytest.raises(ExtractError, match="memory"):
        confined_to(Limits(memory_bytes=64_000_000), bytearray, 500_000_000)


def test_a_crash_in_native_code_is_an_error_here_not_there():
    with pytest.raises(ExtractError, match="SIGSEGV"):
        confined(lambda: os.kill(os.getpid(), signal.SIGSEGV))


def test_the_child_can_write_no_file(tmp_path: Path):
    with pytest.raises(ExtractError, match="OSError"):
        confined((tmp_path / "leak").write_bytes, b"x" * 10)


def test_no_child_is_left_behind():
    child = confined(os.getpid)
    assert child != os.getpid()
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def test_many_threads_may_confine_at_once():
    answers: list[int] = []
    threads = [threading.Thread(target=lambda n=n: answers.append(confined(pow, n, 2))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == [n * n for n in range(12)]
