"""What a page lends to a clock that does not say everything: its zones, its days, the moment of capture."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from dateline.errors import DatingError

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
NEWEST = datetime(2100, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=36)
"""How far after its capture a page may date things: embargoes and zones, not years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The surroundings of a clock. ``zones`` are those it may be in: one is known, none is anywhere.

    ``day_first`` says how the page writes 11-12-2026; ``days`` are the days that the page states whole.
    ``is_zone_stated``: the page or the source names the zone, it is not inferred. ``midnight_is_day``: a stamp of
    exactly midnight states a day, as it does for articles and feed items.
    """

    captured_at: datetime | None = None
    zones: tuple[tzinfo, ...] = ()
    day_first: bool | None = None
    days: tuple[date, ...] = ()
    is_zone_stated: bool = False
    midnight_is_day: bool = False

    @property
    def zone(self) -> tzinfo | None:
        """The zone, where exactly one is possible."""
        return self.zones[0] if len(self.zones) == 1 else None

    def check(self, instant: datetime) -> datetime:
        """Return an instant that a page can speak of. Raises :class:`DatingError` for 1970, 2100 and the like."""
        newest = self.captured_at + AHEAD if self.captured_at else NEWEST
        if not OLDEST <= instant <= newest:
            raise DatingError(f"{instant.isoformat()} lies outside {OLDEST:%Y} … {newest:%Y-%m-%d %H:%M}")
        return instant
