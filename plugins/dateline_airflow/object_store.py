"""An S3 server on loopback for trying things out: its buckets live in memory and end with it."""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import fsspec

from dateline.errors import SettingsError
from dateline_airflow.children import child
from dateline_airflow.components import free_port
from dateline_airflow.state import LOGS

BUCKET = "dateline"
FIRST_PORT = 9_400
OPENING = 30.0
"""Seconds that the server may take to open."""


@contextmanager
def open_store() -> Iterator[dict[str, str]]:
    """Serve a bucket for as long as the block lasts; yield the variables that make it the archive.

    The address and the keys go to fsspec by its own variables, so they reach every worker. Raises
    :class:`SettingsError` where the server is not installed or does not open.
    """
    if find_spec("moto") is None:
        raise SettingsError("The S3 server for trying things out is moto: pip install 'moto[s3]' flask flask-cors.")
    port = free_port(FIRST_PORT)
    address = f"http://127.0.0.1:{port}"
    environ = {
        "DATELINE_ARCHIVE": f"s3://{BUCKET}/archive",
        "FSSPEC_S3_ENDPOINT_URL": address,
        "FSSPEC_S3_KEY": "dateline",
        "FSSPEC_S3_SECRET": secrets.token_urlsafe(24),
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with child(command, environ=environ, log=LOGS / "object-store.log"):
        _await(address)
        _make_bucket(environ)
        yield environ


def _await(address: str) -> None:
    deadline = time.monotonic() + OPENING
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except HTTPError:
            return  # it answers
        except (URLError, OSError):
            time.sleep(0.1)
    raise SettingsError(f"The S3 server did not open at {address} within {OPENING:.0f} s; see {LOGS}.")


def _make_bucket(environ: dict[str, str]) -> None:
    options = {name: environ[f"FSSPEC_S3_{name.upper()}"] for name in ("endpoint_url", "key", "secret")}
    fsspec.filesystem("s3", **options).mkdir(BUCKET)
