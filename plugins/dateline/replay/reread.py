"""Reading the archive again with today's code: the live path over stored snapshots, without a network.

Only what comes out differently is rewritten. A body that was captured several times is read once, at its
first capture, as it is live; that capture is read along even where it lies before the span asked for.
A run may be stopped at any point: what it did is done, and the same run again does the rest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pendulum
from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.ingest.keeping import Clock
from dateline.ingest.loading import BATCH, CORRUPT, POSTS, posts_in, read_stored
from dateline.ingest.report import Failure, OnProgress, Progress, say_nothing
from dateline.source import Source
from dateline.warehouse.bars import Bars, bars_in
from dateline.warehouse.ledger import StoredSnapshot
from dateline.warehouse.load import LoadReport, load_batch, quarantine
from dateline.warehouse.migrate import require_current
from dateline.warehouse.reread_queue import Span, first_captures, reread_queue
from dateline.warehouse.showing import ReadSnapshot, body_key


@dataclass(slots=True, kw_only=True)
class RereadReport:
    """What a re-reading did, or with a dry run would have done.

    ``by_version`` counts the snapshots by the version of the readers that had read them before (0: none
    had). ``load.changes`` counts the rows that changed, by table, with keys of some.
    """

    snapshots: int = 0
    quarantined: int = 0
    by_version: Counter[int] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    load: LoadReport = field(default_factory=LoadReport)


def reread(
    engine: Engine,
    archive: Archive,
    *,
    since: DateTime | None = None,
    until: DateTime | None = None,
    source: str | None = None,
    sources: Mapping[str, Source] | None = None,
    dry_run: bool = False,
    only_stale: bool = False,
    shard: tuple[int, int] = (0, 1),
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> RereadReport:
    """Read stored snapshots captured in [since, until) again, of one source or of all; return what changed.

    ``dry_run`` writes nothing. ``only_stale`` leaves out what today's version has read already, so a
    stopped run can be taken up. ``shard`` (k, n) deals the sources out among n workers.
    """
    require_current(engine)
    queue = reread_queue(engine, Span(since=since, until=until, source_id=source, only_stale=only_stale, shard=shard))
    bars = bars_in(engine)
    run = _Run(engine=engine, archive=archive, sources=sources or {}, bars=bars, clock=clock, is_dry_run=dry_run)
    report = run.report
    snapshot_ids = list(queue)
    for start in range(0, len(snapshot_ids), BATCH):
        portion = snapshot_ids[start : start + BATCH]
        run.read_again(first_captures(engine, portion))
        report.by_version.update(queue[one] for one in portion)
        report.snapshots += len(portion)
        progress(Progress(step="reread", done=report.snapshots, total=len(queue), name=portion[-1]))
    return report


@dataclass(slots=True, kw_only=True)
class _Run:
    """One re-reading: ``done`` names by body the snapshot that it was read from."""

    engine: Engine
    archive: Archive
    sources: Mapping[str, Source]
    bars: Bars
    clock: Clock
    is_dry_run: bool
    done: dict[str, str] = field(default_factory=dict)
    report: RereadReport = field(default_factory=RereadReport)

    def read_again(self, batch: Sequence[StoredSnapshot]) -> None:
        """Read a batch and load it in one transaction, or several where it shows many posts.

        What cannot be read any more is set aside.
        """
        readable: list[ReadSnapshot] = []
        posts = 0
        for stored in batch:
            key = body_key(stored) if stored.captured_at else stored.snapshot_id
            first = self.done.get(key)
            if first is None or self.is_dry_run:
                found = read_stored(self.archive, stored, self.sources, None, self.bars)
                if isinstance(found, Failure):
                    self._set_aside(stored, found)
                    continue
                self.done[key] = stored.snapshot_id
                readable.append(found)
                posts += posts_in(found)
            elif first != stored.snapshot_id:
                readable.append(ReadSnapshot(stored=stored, readings=None))
            if posts >= POSTS:
                self._load(readable)
                readable, posts = [], 0
        self._load(readable)

    def _load(self, readable: Sequence[ReadSnapshot]) -> None:
        if readable:
            self.report.load.add(load_batch(self.engine, readable, clock=self.clock, is_dry_run=self.is_dry_run))

    def _set_aside(self, stored: StoredSnapshot, why: Failure) -> None:
        """Take back what today's code cannot read; but a lost or torn archive never costs rows that were good."""
        self.report.failures.append(why)
        if why.reason == CORRUPT:
            return
        taken_back = quarantine(self.engine, stored, why.reason, why.why, clock=self.clock, is_dry_run=self.is_dry_run)
        self.report.load.add(taken_back)
        self.report.quarantined += 1
