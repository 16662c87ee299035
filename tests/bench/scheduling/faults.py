"""What breaks under Airflow, one fault after the other: each strikes while a batch of coverage is being loaded.

After each the warehouse has to hold what an undisturbed load of the same batches holds, row by row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduling.airflow_installation import Installation
from scheduling.coverage import write_batch
from scheduling.end_state import differences
from scheduling.servers import Postgres, Redis
from sqlalchemy import Engine, Select, func, select

from dateline.archive import Archive
from dateline.ingest import ingest_files
from dateline.source import Source
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.print_tables import fct_match_queue

DAG = "ingest_coverage"
UNDER_WAY = f"task_instance where dag_id = '{DAG}' and state = 'running' and task_id like 'shard.%'"


@dataclass(kw_only=True)
class Ground:
    """What a fault may touch."""

    airflow: Installation
    warehouse: Engine
    reference: Engine
    postgres: Postgres
    redis: Redis
    sources: int
    captures: int
    cut_off: int = 0
    """Tasks that were under way when the last fault struck."""

    def struck(self) -> None:
        """Note how much was under way at this moment."""
        self.cut_off = self.airflow.count(UNDER_WAY)

    def write(self, batch: str) -> None:
        """Lay out a batch for Airflow, and load the same undisturbed into the reference."""
        folder = self.airflow.folder
        write_batch(folder, self.airflow.sources, batch, self.sources, self.captures)
        archive = Archive(str(folder / "undisturbed"))
        for number in range(self.sources):
            name = f"{batch}-{number}"
            ingest_files(
                [folder / "drops" / name], engine=self.reference, archive=archive, source=Source(source_id=name)
            )

    def await_task(self) -> None:
        """Wait until a shard of the batch is under way."""
        self.airflow.await_true(lambda: self.airflow.count(UNDER_WAY) > 0, "a running task", 150)

    def await_end(self, expected: int) -> None:
        """Wait until as many snapshots are settled as there ought to be, and no run is under way."""
        runs = f"dag_run where dag_id = '{DAG}' and state = 'running'"
        self.airflow.await_true(lambda: self.settled() >= expected, f"the end of loading ({expected} snapshots)", 600)
        self.airflow.await_true(lambda: self.airflow.count(runs) == 0, "the end of the run", 120)

    def expected(self) -> int:
        """Count the snapshots of all batches so far."""
        return _count(self.reference, select(func.count()).select_from(fct_snapshots))

    def settled(self) -> int:
        """Count the snapshots that nobody has to read any more."""
        return _count(self.warehouse, select(func.count()).where(fct_snapshots.c.state != "stored"))

    def unmatched(self) -> int:
        """Count what waits for matching."""
        return _count(self.warehouse, select(func.count()).select_from(fct_match_queue))


def _count(engine: Engine, query: Select[tuple[int]]) -> int:
    with reading_from(engine) as connection:
        return connection.execute(query).scalar_one()


def worker_killed(ground: Ground) -> None:
    """Every worker dies in the middle of its tasks."""
    ground.await_task()
    workers = [name for name in ground.airflow.running if name.startswith("worker")]
    for name in workers:
        ground.airflow.kill(name)
    ground.struck()
    for name in workers:
        ground.airflow.start_worker(name)


def scheduler_killed(ground: Ground) -> None:
    """The scheduler dies in the middle of a run, and comes back."""
    ground.await_task()
    ground.airflow.kill("scheduler")
    ground.struck()
    ground.airflow.start("scheduler")


def triggerer_killed(ground: Ground) -> None:
    """The triggerer, and with it the asset watcher, dies and comes back."""
    ground.airflow.kill("triggerer")
    ground.await_task()
    ground.airflow.start("triggerer")


def dag_paused(ground: Ground) -> None:
    """Somebody pauses the DAG while it runs, and switches it on again."""
    ground.await_task()
    ground.airflow.sql(f"update dag set is_paused = true where dag_id = '{DAG}'")  # noqa: S608 - our own words
    ground.write("while-paused")
    ground.airflow.await_true(lambda: ground.airflow.count(UNDER_WAY) == 0, "the end of what ran", 120)
    ground.airflow.sql(f"update dag set is_paused = false where dag_id = '{DAG}'")  # noqa: S608 - our own words


def task_cleared(ground: Ground) -> None:
    """Somebody clears the tasks of a run that is over, so that all run again."""
    ground.await_task()
    runs = f"dag_run where dag_id = '{DAG}' and state = 'running'"
    ground.airflow.await_true(lambda: ground.airflow.count(runs) == 0, "the end of the run", 150)
    ground.airflow.command("-m", "airflow", "tasks", "clear", "-y", "-t", "shard.*", DAG)


def backfill_overlapping(ground: Ground) -> None:
    """Somebody starts a backfill of past minutes while live runs go on."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    span = ["--from-date", f"{now - timedelta(minutes=3):%Y-%m-%dT%H:%M:%SZ}", "--to-date", f"{now:%Y-%m-%dT%H:%M:%SZ}"]
    more = ["--max-active-runs", "2", "--reprocess-behavior", "completed"]
    ground.airflow.command("-m", "airflow", "backfill", "create", "--dag-id", DAG, *span, *more)
    ground.await_task()


def two_schedulers(ground: Ground) -> None:
    """A second scheduler joins in, and leaves without a word."""
    ground.airflow.start("second-scheduler", "scheduler")
    ground.await_task()
    ground.airflow.kill("second-scheduler")


def metadata_restarted(ground: Ground) -> None:
    """The server with Airflow's own tables and with the warehouse is restarted in the middle of a task."""
    ground.await_task()
    ground.struck()
    ground.postgres.stop()
    ground.postgres.start()


def redis_restarted(ground: Ground) -> None:
    """The broker dies with every message that it held."""
    ground.await_task()
    ground.redis.stop()
    ground.struck()
    ground.redis.start()


def event_lost(ground: Ground) -> None:
    """Every event that a load sends is lost; the next run of matching, by its half-hour, takes up what it missed."""
    ground.airflow.sql(LOSE_EVENTS)
    try:
        ground.await_task()
        ground.struck()
        ground.await_end(ground.expected())
    finally:
        ground.airflow.sql("drop function lose_event cascade")
    if not ground.unmatched():
        raise RuntimeError("no event was lost: everything is matched")
    ground.airflow.command("-m", "airflow", "dags", "trigger", "match_syndication")
    ground.airflow.await_true(lambda: ground.unmatched() == 0, "the end of matching")


LOSE_EVENTS = """create function lose_event() returns trigger language plpgsql as 'begin return null; end';
create trigger lose_event before insert on asset_dag_run_queue for each row execute function lose_event()"""

FAULTS: dict[str, Callable[[Ground], None]] = {
    one.__name__: one
    for one in (
        worker_killed, scheduler_killed, triggerer_killed, dag_paused, task_cleared, backfill_overlapping,
        two_schedulers, metadata_restarted, redis_restarted, event_lost,
    )
}  # fmt: skip


def strike(ground: Ground, name: str) -> list[str]:
    """Load a batch while a fault strikes; return in what the end differs from an undisturbed load."""
    batch = name.replace("_", "-")
    ground.cut_off = 0
    ground.write(batch)
    try:
        FAULTS[name](ground)
        ground.await_end(ground.expected())
    except (TimeoutError, RuntimeError) as error:
        return [str(error)]
    return differences(ground.warehouse, ground.reference)


@contextmanager
def servers(folder: Path) -> Iterator[tuple[Postgres, Redis]]:
    """Own servers for as long as the block lasts."""
    postgres, redis = Postgres(folder / "postgres"), Redis(folder)
    try:
        yield postgres, redis
    finally:
        postgres.stop("immediate")
        redis.stop()
