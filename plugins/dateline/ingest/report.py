"""What an ingest did, counted; and how it tells how far it is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from dateline.masking import on_one_line
from dateline.warehouse.load import LoadReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One file, address or snapshot that could not be used, and why: a line each, without secrets and control marks."""

    name: str
    reason: str
    why: str
    snapshot_id: str | None = None  # where a capture was kept before it failed
    source_id: str | None = None

    def __post_init__(self) -> None:
        """Clean what may be a page's words: this ends up in logs."""
        for part in ("name", "why"):
            object.__setattr__(self, part, on_one_line(getattr(self, part)))


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
    loaded_ids: list[str] = field(default_factory=list)  # of snapshots

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
        self.loaded_ids += other.loaded_ids


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
