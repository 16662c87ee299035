"""What a run ingests, the bundled newsroom, files or an address: each a folder of source files for the DAGs."""

import glob
import json
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from dateline.errors import SettingsError
from dateline.masking import masked
from dateline.model import digest_of
from dateline_airflow.newsroom import PORT, declare_newsroom, open_newsroom, record_newsroom
from dateline_airflow.state import STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is ingested, in words, and the variables under which the DAGs find it.

    ``source_id`` is the one source of what a person named: a run that reads nothing of it has failed.
    ``paths`` are the files of it.
    """

    title: str
    environ: Mapping[str, str]
    source_id: str | None = None
    paths: tuple[Path, ...] = ()


@contextmanager
def bundled() -> Iterator[Coverage]:
    """Serve the simulated newsroom, and drop the two days that were recorded of it."""
    recorded = STATE / "newsroom" / str(PORT)
    record_newsroom(recorded / "days.warc.gz")
    with TemporaryDirectory(prefix="dateline-") as folder, open_newsroom() as address:
        declare_newsroom(Path(folder), recorded)
        yield Coverage(
            title=f"the bundled coverage: two days of a simulated newsroom, recorded, and as it stands at {address}",
            environ={"DATELINE_SOURCES": folder},
        )


@contextmanager
def given_files(named: str) -> Iterator[Coverage]:
    """Make a drop folder of the files that paths and globs name. Raises :class:`SettingsError` where none is."""
    try:
        patterns = shlex.split(named)
    except ValueError as error:
        raise SettingsError(f"FILES={named}: {error}. Quote names with spaces or quotes in them.") from error
    paths = list(dict.fromkeys(path for pattern in patterns for path in _matching(pattern)))
    with TemporaryDirectory(prefix="dateline-") as folder:
        drop = Path(folder) / "drop"
        drop.mkdir()
        for number, path in enumerate(paths):
            (drop / f"{number:05}-{path.name}").symlink_to(path)
        _declare(Path(folder), "given-files", kind="drop", url=str(drop))
        title = "1 file" if len(paths) == 1 else f"{len(paths)} files"
        environ = {"DATELINE_SOURCES": folder}
        yield Coverage(title=title, environ=environ, source_id="given-files", paths=tuple(paths))


def _matching(pattern: str) -> list[Path]:
    path = Path(pattern).expanduser()
    # A browser names its second copy "page[1].html": what is there by that very name is no glob.
    named = [path] if path.exists() else sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - may be absolute
    found = [Path(one).resolve() for one in named]
    files = [one for path in found for one in (sorted(path.rglob("*")) if path.is_dir() else [path]) if one.is_file()]
    if not files:
        raise SettingsError(f"FILES: nothing is at {pattern!r}. Name files, folders or globs; quote names with spaces.")
    return files


@contextmanager
def given_address(address: str) -> Iterator[Coverage]:
    """Declare one address as a source. Whoever types a loopback address means it: only then may it be private."""
    try:
        host = urlsplit(address).hostname if urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:  # http://[half an IPv6 address
        host = None
    if not host:
        raise SettingsError(f"URL={address}: name an http or https address.")
    is_loopback = host in {"localhost", "127.0.0.1", "::1"}
    source_id = f"given-{digest_of('given', address)[:12]}"
    with TemporaryDirectory(prefix="dateline-") as folder:
        _declare(Path(folder), source_id, kind="live_page", url=address, allow_private=is_loopback, interval=1)
        yield Coverage(title=masked(address), environ={"DATELINE_SOURCES": folder}, source_id=source_id)


def _declare(folder: Path, source_id: str, **keys: str | bool | int) -> None:
    """Write a source file. A JSON string, number or boolean is a TOML one."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()]
    (folder / f"{source_id}.toml").write_text("".join(lines), encoding="utf-8")
