"""``make cluster``: Airflow with Celery workers, on a Redis and a PostgreSQL that already run, until Ctrl-C.

One machine stands in for many, with the same parts: PostgreSQL for Airflow's own tables and for the warehouse, Redis
between scheduler and workers, each worker a process of its own. On many machines the same variables are set on each
(`dags/OPERATIONS.md`), and the archive is a bucket instead of a folder: ``--archive`` names one.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from subprocess import Popen

import redis
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from dateline.errors import DatelineError, SettingsError
from dateline.settings import load_settings
from dateline.warehouse import migrate, open_warehouse
from dateline_airflow import components
from dateline_airflow.children import child
from dateline_airflow.object_store import open_store
from dateline_airflow.serve import end_together, living_newsroom, say, welcome
from dateline_airflow.state import LOGS

POSTGRES = "postgresql://postgres@127.0.0.1:5432"
REDIS = "redis://127.0.0.1:6379/5"
TASKS_A_WORKER = 4


def main() -> None:
    """Serve until Ctrl-C; every process that was started is ended. Databases stay, as on a real installation."""
    parser = argparse.ArgumentParser(prog="make cluster", description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="Celery workers")
    parser.add_argument("--postgres", default=POSTGRES, help="the server; its user may create databases")
    parser.add_argument("--database", default="dateline", help="the warehouse's name; Airflow's own is NAME_airflow")
    parser.add_argument("--redis", default=REDIS, help="Redis, with a database number that nobody else uses")
    parser.add_argument(
        "--archive", default="", help="s3: an S3 server in memory, to try it out; s3://bucket/folder: yours"
    )
    parser.add_argument("--sources", default="", help="your own folder of source files instead of the newsroom")
    parser.add_argument("--port", type=int, default=8080, help="where to serve; the next free port is taken")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job is born deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    os.umask(0o077)
    try:
        serve(options)
    except KeyboardInterrupt:
        say("Ended.")
    except DatelineError as error:
        sys.exit(f"make cluster: {error}")


def serve(options: argparse.Namespace) -> None:
    """Check what has to be there, start the rest, and wait."""
    require_redis(options.redis)
    warehouse = require_database(options.postgres, options.database)
    metadata = require_database(options.postgres, f"{options.database}_airflow")
    with ExitStack() as stack:
        coverage = {"DATELINE_SOURCES": options.sources} if options.sources else stack.enter_context(living_newsroom())
        port = components.free_port(options.port)
        shared = {"DATELINE_WAREHOUSE": os.environ.get("DATELINE_WAREHOUSE", warehouse)}
        environ = {**os.environ, **components.shared_environ(port), **celery_environ(metadata, options.redis)}
        environ |= {**coverage, **shared, **archive_environ(stack, options.archive)}
        say("Migrating Airflow's tables and the warehouse ...")
        components.migrate_metadata(environ)
        migrate(open_warehouse(load_settings(environ).warehouse))
        say(f"Starting Airflow with {options.workers} workers ...")
        running = components.start(stack, environ, port) | start_workers(stack, environ, options.workers)
        stack.callback(end_together, running)
        components.await_healthy(port, running)
        welcome(port, load_settings(environ).warehouse)
        while True:
            components.refuse_the_dead(running)
            time.sleep(1)


def archive_environ(stack: ExitStack, stated: str) -> dict[str, str]:
    """Return what says where the archive is: the place that was named, or a bucket that ends with the stack."""
    if stated == "s3":
        return stack.enter_context(open_store())
    return {"DATELINE_ARCHIVE": stated} if stated else {}


def start_workers(stack: ExitStack, environ: Mapping[str, str], count: int) -> dict[str, Popen[bytes]]:
    """Start so many workers; they end with the stack."""
    return {f"worker-{number}": stack.enter_context(worker(number, environ)) for number in range(1, count + 1)}


def worker(number: int, environ: Mapping[str, str]) -> AbstractContextManager[Popen[bytes]]:
    """Run one Celery worker, with a name and a port for its logs of its own."""
    own = {"AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(components.free_port(8800 + 20 * number))}
    options = ["--celery-hostname", f"worker-{number}@%h", "--concurrency", str(TASKS_A_WORKER)]
    command = [sys.executable, "-m", "airflow", "celery", "worker", *options]
    return child(command, environ={**environ, **own}, log=LOGS / f"worker-{number}.log")


def celery_environ(metadata: str, broker: str) -> dict[str, str]:
    """Return what makes Airflow use Celery, Redis and PostgreSQL."""
    url = make_url(metadata)
    sync, plain = (_spelt(url, name) for name in ("postgresql+psycopg", "postgresql"))
    return {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": sync,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": _spelt(url, "postgresql+psycopg_async"),
        "AIRFLOW__CELERY__BROKER_URL": broker,
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{plain.replace('postgresql:', 'postgresql+psycopg:')}",
        # Imported once, before a worker forks: its tasks start without these imports.
        "AIRFLOW__CELERY__EXTRA_CELERY_CONFIG": '{"imports": ["dateline_airflow.task_edge"]}',
        # Longer than any task, a play of two days among them: a message is given to another worker after it.
        "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "259200",
    }


def _spelt(url: URL, driver: str) -> str:
    return url.set(drivername=driver).render_as_string(hide_password=False)


def require_redis(address: str) -> None:
    """Raise :class:`SettingsError` where no Redis answers."""
    try:
        redis.Redis.from_url(address, socket_connect_timeout=3).ping()
    except (redis.RedisError, ValueError) as error:
        raise SettingsError(
            f"No Redis answers at {address}: {error}. Start one (`redis-server`), or name another: REDIS=redis://…"
        ) from error


def require_database(server: str, name: str) -> str:
    """Make a database where it is missing, and return its URL. Raises :class:`SettingsError` where nobody answers."""
    url = make_url(server).set(drivername="postgresql+psycopg", database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            found = text("select 1 from pg_database where datname = :name")
            if connection.execute(found, {"name": name}).first() is None:
                connection.exec_driver_sql(f"create database {engine.dialect.identifier_preparer.quote(name)}")
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()[0]
        where = url.render_as_string()
        raise SettingsError(
            f"No PostgreSQL at {where}: {said}. Start one, or name another: POSTGRES=postgresql://user:password@host:5432"
        ) from error
    finally:
        engine.dispose()
    return _spelt(url.set(database=name), "postgresql")


if __name__ == "__main__":
    main()
