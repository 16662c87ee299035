"""Run one function on hostile bytes in a forked child that can be killed.

Why a child: an XML tag with 100,000 attributes or a page of 20 MB keeps the C code of a parser busy
for minutes, and no signal handler of Python runs until that code returns. A process can be killed.

Why ``fork`` and not a fresh interpreter: the child starts in milliseconds, with every library loaded.
It is safe inside a process with threads (an Airflow task has some) because the child touches nothing
that another thread may have locked: it calls the function, writes the pickled result to a pipe and
leaves through ``os._exit``. It imports nothing, logs nothing and runs no exit handler. Should a lock
be caught half-way all the same, the wall clock ends the child like any other that hangs.

The child may use 20 s of CPU, 1 GB of memory on top of what its parent holds, 30 s of wall time,
write to no file, and it dies with its parent.
"""

import ctypes
import faulthandler
import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

from dateline.errors import ExtractError

P = ParamSpec("P")
R = TypeVar("R")

MAX_RESULT_BYTES = 256 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_LENGTH = 8  # bytes that state the length of the result before it
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None

# Python 3.12 warns at every fork of a process with threads; the docstring says why this fork is safe.
warnings.filterwarnings("ignore", message=".*multi-threaded, use of fork", category=DeprecationWarning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: seconds of CPU and of wall time, bytes beyond its parent's memory."""

    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    memory_bytes: int = 1024 * 1024 * 1024


LIMITS = Limits()


def confined(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call the function in a child under :data:`LIMITS` and return what it returns.

    Import what the function needs before: the child must not import. Raises :class:`ExtractError`
    with the reason where the child raised, was killed by a limit, or returned too much.
    """
    return confined_to(LIMITS, function, *arguments, **named)


def confined_to(limits: Limits, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call the function in a child under these limits; see :func:`confined`."""
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(limits, parent, writing, lambda: function(*arguments, **named))
    os.close(writing)
    try:
        answer = _answer(reading, child, time.monotonic() + limits.wall_seconds)
    finally:
        os.close(reading)
        status = _bury(child)
    if answer is None:
        raise ExtractError(_cause(status, limits))
    went_well, value = pickle.loads(answer)  # noqa: S301 - written by our own child, over our own pipe
    if not went_well:
        raise ExtractError(value)
    result: R = value
    return result


# -- the child ---------------------------------------------------------------------------------------


def _live(limits: Limits, parent: int, writing: int, call: Callable[[], Any]) -> NoReturn:
    """Be the child: limit itself, call, answer, leave. Whatever happens, never return."""
    try:
        _die_with(parent)
        _limit(limits)
        _send(writing, _outcome(call))
    finally:
        os._exit(1)


def _outcome(call: Callable[[], Any]) -> bytes:
    try:
        return pickle.dumps((True, call()), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((False, "out of memory: the child's limit was reached"))
    except ExtractError as error:
        return pickle.dumps((False, str(error)))
    except Exception as error:  # noqa: BLE001 - feedparser and trafilatura raise anything on broken input
        return pickle.dumps((False, f"{type(error).__name__}: {str(error)[:300]}"))


def _die_with(parent: int) -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)  # the parent's handlers are not ours to run
    faulthandler.disable()  # a crash here is an answer, not a page of stack in the task's log
    gc.freeze()


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds)
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory_bytes)


def _lower(which: int, wanted: int) -> None:
    """Set both limits; a parent that is limited more strictly already stays so."""
    _, hard = resource.getrlimit(which)
    value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(which, (value, value))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # no /proc: allow for a large parent
        return 8 * 1024 * 1024 * 1024
    return pages * resource.getpagesize()


def _send(writing: int, answer: bytes) -> None:
    view = memoryview(len(answer).to_bytes(_LENGTH, "big") + answer)
    while view:
        view = view[os.write(writing, view) :]


# -- the parent --------------------------------------------------------------------------------------


def _answer(reading: int, child: int, deadline: float) -> bytes | None:
    """Read the stated number of bytes; None where the child ended or the deadline came first.

    The length is stated because another thread's child may hold our pipe open: its end proves nothing.
    """
    received = bytearray()
    poller = select.poll()
    poller.register(reading, select.POLLIN)
    while time.monotonic() < deadline:
        if not poller.poll(200):
            if _has_ended(child) and not poller.poll(0):  # asked again: it may have answered in between
                return None
            continue
        piece = os.read(reading, 1024 * 1024)
        received += piece
        wanted = int.from_bytes(received[:_LENGTH], "big") + _LENGTH if len(received) >= _LENGTH else None
        if wanted is not None and len(received) >= wanted:
            return bytes(received[_LENGTH:wanted])
        if not piece or (wanted or 0) > MAX_RESULT_BYTES:
            return None
    return None


def _has_ended(child: int) -> bool:
    """Say whether the child is gone, without taking its exit status."""
    try:
        return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _bury(child: int) -> int | None:
    """Kill the child if it still runs, and return how it ended (a negative signal number, or a status).

    A child that has just answered or just died is left a moment to end in its own way.
    """
    for _ in range(20):
        if _has_ended(child):
            break
        time.sleep(0.001)
    try:
        os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except (ProcessLookupError, ChildProcessError):  # somebody reaps every child of this process
        return None


def _cause(status: int | None, limits: Limits) -> str:
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return f"the parser was stopped: more than {limits.cpu_seconds} s of CPU or {limits.wall_seconds:g} s in all"
    if status is not None and status < 0:
        return f"the parser crashed ({signal.Signals(-status).name})"
    return "the parser ended without an answer: out of memory, or too large an answer"
