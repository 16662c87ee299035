"""The one MetaData that every table of the warehouse stands on, and its column types on both engines.

SQLite tables are STRICT, so each type names one of SQLite's own storage classes there. A time is a
``timestamptz`` on PostgreSQL and text of fixed width on SQLite (``2024-03-02T09:43:00.000000Z``):
text of one width and one zone sorts as the instants do.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
import pendulum
from pendulum import DateTime
from sqlalchemy import BigInteger, Boolean, Float, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite import INTEGER, REAL
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TIMESTAMP, TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

STRICT: dict[str, Any] = {"sqlite_strict": True}
"""Pass as ``Table(..., **STRICT)``: SQLite then refuses a value of another type."""

CLUSTERED: dict[str, Any] = {**STRICT, "sqlite_with_rowid": False}
"""The same, for narrow rows that are read along their key: SQLite then keeps them in its order."""

Words = Text
"""Text of any length: names, ids, bodies."""

Whole = BigInteger().with_variant(INTEGER(), "sqlite")
"""A whole number of 64 bits."""

Real = Float(53).with_variant(REAL(), "sqlite")
"""A number of double precision."""


class UtcTime(TypeDecorator[DateTime]):
    """An instant. Goes in timezone-aware, comes out as a pendulum DateTime in UTC; a naive one is refused."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose ``timestamptz`` on PostgreSQL and text elsewhere."""
        wanted = TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Bring a time to UTC, and on SQLite to text of fixed width."""
        if value is None:
            return None
        return _in_utc(value) if dialect.name == "postgresql" else sortable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> DateTime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the instant in UTC."""
        return None if value is None else moment_of(value)


class Flag(TypeDecorator[bool]):
    """True or false: ``boolean`` on PostgreSQL, 0 or 1 on SQLite. ``where is_pinned`` works on both."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose an integer on SQLite: a STRICT table knows no other truth."""
        return dialect.type_descriptor(Boolean() if dialect.name == "postgresql" else Integer())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        """Write 0 or 1 on SQLite."""
        return value if value is None or dialect.name == "postgresql" else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return a bool on every engine."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """A list or object that is read back whole: ``jsonb`` on PostgreSQL, text with sorted keys on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose ``jsonb`` on PostgreSQL and text elsewhere."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write text on SQLite; the PostgreSQL type writes its own."""
        if value is None or dialect.name == "postgresql":
            return value
        return json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return lists, objects and scalars."""
        return orjson.loads(value) if isinstance(value, str) and dialect.name != "postgresql" else value


def json_text(value: Any) -> str:
    """Write a list or object with sorted keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@lru_cache(maxsize=10_000)
def sortable(moment: datetime) -> str:
    """Write an instant as SQLite keeps it: UTC, fixed width, ``Z``.

    >>> sortable(pendulum.datetime(2024, 3, 2, 9, 43))
    '2024-03-02T09:43:00.000000Z'
    """
    utc = _in_utc(moment)
    # Three times as fast as isoformat, which asks the zone for its offset; a load writes thousands.
    return (
        f"{utc.year:04}-{utc.month:02}-{utc.day:02}T{utc.hour:02}:{utc.minute:02}:{utc.second:02}.{utc.microsecond:06}Z"
    )


def _in_utc(moment: datetime) -> datetime:
    zone = moment.tzinfo
    if zone is UTC or zone is pendulum.UTC:
        return moment
    if zone is None:
        raise ValueError(f"{moment!r} has no zone: the warehouse keeps instants only.")
    return datetime.astimezone(moment, UTC)


def moment_of(stored: str | datetime) -> DateTime:
    """Read an instant as either engine gives it back."""
    return _moment_of_text(stored) if isinstance(stored, str) else _utc_moment(stored)


@lru_cache(maxsize=65_536)  # most instants of a document's rows are those of its captures
def _moment_of_text(stored: str) -> DateTime:
    return _utc_moment(datetime.fromisoformat(stored))


def _utc_moment(found: datetime) -> DateTime:
    utc = found.astimezone(UTC)
    return DateTime(
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond, tzinfo=pendulum.UTC
    )
