"""``make ui``: Airflow at localhost with the DAGs on, the simulated newsroom publishing, until Ctrl-C."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from subprocess import Popen

from sqlalchemy.engine import make_url

from dateline.errors import DatelineError
from dateline.settings import load_settings
from dateline.warehouse import migrate, open_warehouse
from dateline_airflow import components
from dateline_airflow.children import ask_to_end
from dateline_airflow.newsroom import declare_newsroom, open_newsroom
from dateline_airflow.state import LOGS, STATE

PACE = 60.0
"""An hour of the newsroom's script lasts a minute."""


def main() -> None:
    """Serve until Ctrl-C; every process that was started is ended."""
    parser = argparse.ArgumentParser(prog="make ui", description=__doc__)
    parser.add_argument("--sources", default="", help="your own folder of source files instead of the newsroom")
    parser.add_argument("--port", type=int, default=8080, help="where to serve; the next free port is taken")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job is born deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    os.umask(0o077)  # passwords and secrets are among what Airflow writes
    try:
        serve(options.sources, components.free_port(options.port))
    except KeyboardInterrupt:
        say("Ended.")
    except DatelineError as error:
        sys.exit(f"make ui: {error}")


def serve(sources: str, port: int) -> None:
    """Start the newsroom (unless ``sources`` are given) and Airflow, and wait."""
    with ExitStack() as stack:
        coverage = {"DATELINE_SOURCES": sources} if sources else stack.enter_context(living_newsroom())
        environ = {**os.environ, **coverage, **components.shared_environ(port)}
        say("Migrating Airflow's tables and the warehouse ...")
        components.migrate_metadata(environ)
        migrate(open_warehouse(load_settings(environ).warehouse))
        say("Starting Airflow ...")
        running = components.start(stack, environ, port)
        stack.callback(end_together, running)
        components.await_healthy(port, running)
        welcome(port, load_settings(environ).warehouse)
        while True:
            components.refuse_the_dead(running)
            time.sleep(1)


def end_together(running: Mapping[str, Popen[bytes]]) -> None:
    """Ask all components to end at once; then each is waited for in its turn."""
    say("Ending ...")
    for process in running.values():
        ask_to_end(process)


@contextmanager
def living_newsroom() -> Iterator[dict[str, str]]:
    """Open the newsroom as of now, with a warehouse of its own: among older runs its posts would seem re-dated."""
    began = datetime.now(UTC)
    folder = STATE.parent / "var" / "ui" / began.strftime("%Y-%m-%dT%H%M%SZ")
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder / "sources"
    sources.mkdir()
    declare_newsroom(sources, recorded=None)
    with open_newsroom(began.isoformat(), PACE) as address:
        say(f"The newsroom publishes at {address}: an hour of its script lasts a minute.")
        yield {
            "DATELINE_SOURCES": str(sources),
            "DATELINE_WAREHOUSE": f"sqlite:///{folder}/warehouse.db",
            "DATELINE_ARCHIVE": str(folder / "archive"),
        }


def welcome(port: int, warehouse: str) -> None:
    """Print where to look and how to log in."""
    say("")
    say(f"Airflow is at http://localhost:{port}")
    for user, password in components.login().items():
        say(f"  user {user}, password {password}")
    shown = make_url(warehouse).render_as_string()  # without its password
    say(f"The warehouse is {shown}")
    say(f"  DATELINE_WAREHOUSE={shown} .venv/bin/dateline query latest_posts")
    say(f"Logs are in {LOGS}. Ctrl-C ends everything.")


def say(line: str) -> None:
    """Tell whoever watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
