"""Marks: the clocks of a page's blocks, each read by itself, before they are held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.dating.frame import Frame
from dateline.dating.grammar import parse
from dateline.dating.spans import resolve
from dateline.dating.stated import Stated
from dateline.errors import DatingError
from dateline.model import Basis, Clock, Dating, Precision, Reject, Role

_FINE = frozenset({Precision.SECOND, Precision.MINUTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One clock of one block: what it says, and what it means on this page as far as we know.

    ``stated`` is None where the clock could not be read; its dating then keeps only the words.
    """

    block: int
    role: Role
    basis: Basis
    zone: str | None
    stated: Stated | None
    dating: Dating

    @property
    def is_exact(self) -> bool:
        """Whether it names an instant, to the second or the minute."""
        return self.dating.at is not None and self.dating.precision in _FINE

    @property
    def is_wall(self) -> bool:
        """Whether it is a time on a wall, dated or not: its instant depends on a zone, its own or a lent one."""
        one = self.stated
        return one is not None and one.clock is not None and one.instant is None

    @property
    def is_clock_only(self) -> bool:
        """Whether it says a time of day and no day at all."""
        one = self.stated
        return (
            one is not None
            and one.clock is not None
            and one.instant is None
            and one.day is None
            and one.month_day is None
            and self.dating.earliest is None
            and self.dating.latest is None
        )


def redated(mark: Mark, dating: Dating) -> Mark:
    """Return a mark with another dating; ``dataclasses.replace`` takes five times as long."""
    return Mark(block=mark.block, role=mark.role, basis=mark.basis, zone=mark.zone, stated=mark.stated, dating=dating)


def read_clocks(clocks: Sequence[Clock], frame: Frame, *, block: int, where: str) -> tuple[list[Mark], list[Reject]]:
    """Read each clock by itself; one that cannot be read keeps its words and becomes a reject."""
    marks: list[Mark] = []
    rejects: list[Reject] = []
    for clock in clocks:
        stated = None
        try:
            stated = with_zone(parse(clock.stated), clock.zone)
            dating = resolve(stated, frame, clock.basis, clock.stated)
        except DatingError as error:
            dating = Dating(basis=clock.basis, stated=clock.stated)
            rejects.append(Reject(where=f"{where} {clock.role} ({clock.basis})", why=str(error)))
        marks.append(
            Mark(block=block, role=clock.role, basis=clock.basis, zone=clock.zone, stated=stated, dating=dating)
        )
    return marks, rejects


def with_zone(stated: Stated, zone: str | None) -> Stated:
    """Lend a clock the zone that stands beside it, where the clock itself has none."""
    if zone is None or stated.zone is not None or stated.instant is not None:
        return stated
    parts = {name: getattr(stated, name) for name in Stated.__slots__}
    return Stated(**{**parts, "zone": zone})
