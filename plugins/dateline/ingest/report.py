"""What an ingest did, counted; and how it tells how far it is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from dateline.warehouse.load import LoadReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One file, address or snapshot that could not be used, and why."""

    name: str
    reason: str
    why: str
    snapshot_id: str | None = None  # where a capture was kept before it failed


@dataclass(slots=True, kw_only=True)
class IngestReport:
    """Captures found, new ones stored, snapshots loaded and quarantined, documents touched, and what failed."""

    found: int = 0
    stored: int = 0
    loaded: int = 0
    quarantined: int = 0
    failures: list[Failure] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)  # validators against bodies, by the verdict's name
    load: LoadReport = field(default_factory=LoadReport)

    @property
    def documents(self) -> int:
        """Count the documents whose rows were touched."""
        return len(self.load.document_ids)

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers by name."""
        return {
            "found": self.found,
            "stored": self.stored,
            "loaded": self.loaded,
            "quarantined": self.quarantined,
            "documents": self.documents,
            "failures": len(self.failures),
        }

    def add(self, other: "IngestReport") -> None:
        """Add what another part of the ingest did."""
        self.found += other.found
        self.stored += other.stored
        self.loaded += other.loaded
        self.quarantined += other.quarantined
        self.failures += other.failures
        self.verdicts += other.verdicts
        self.load.add(other.load)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an ingest is: ``done`` of ``total`` (None: not known), and what it is at."""

    step: str
    done: int
    total: int | None
    name: str


OnProgress = Callable[[Progress], None]


def say_nothing(_progress: Progress) -> None:
    """Ignore progress."""
