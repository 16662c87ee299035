"""Columns that several tables share: ids, instants, and the six columns that hold one dating."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text

from dateline.model import Basis, Precision
from dateline.warehouse.metadata import Flag, UtcTime, Words

DATING_PARTS = ("at", "earliest", "latest", "precision", "basis", "stated")


def words(name: str, comment: str, *, is_null: bool = False, **options: Any) -> Column[str]:
    """Declare a text column; it must have a value unless ``is_null``."""
    return Column(name, Words, nullable=is_null, comment=comment, **options)


def key(name: str, comment: str) -> Column[str]:
    """Declare a column of the primary key."""
    return Column(name, Words, primary_key=True, nullable=False, comment=comment)


def link(name: str, target: str, comment: str, *, is_null: bool = False, is_key: bool = False) -> Column[str]:
    """Declare a foreign key to ``table.column``; rows that hang on a deleted row go with it."""
    return Column(
        name,
        Words,
        ForeignKey(target, ondelete="CASCADE"),
        primary_key=is_key,
        nullable=is_null,
        comment=comment,
    )


def index_of_the_few(name: str, column: str) -> Index:
    """Index a column that is null in most rows: what hangs on a deleted row is found without reading the table."""
    is_there = text(f"{column} is not null")
    return Index(name, column, sqlite_where=is_there, postgresql_where=is_there)


def instant(name: str, comment: str, *, is_null: bool = True) -> Column[Any]:
    """Declare an instant in UTC."""
    return Column(name, UtcTime, nullable=is_null, comment=comment)


def flag(name: str, comment: str) -> Column[Any]:
    """Declare a claim that is true or false, never unknown."""
    return Column(name, Flag, nullable=False, comment=comment)


def dating_columns(moment: str, what: str) -> list[Column[Any]]:
    """Declare the columns of one :class:`~dateline.model.Dating`; ``what`` completes "When …"."""
    return [
        instant(f"{moment}_at", f"When {what}: the instant, or the start of the span that the precision names."),
        instant(f"{moment}_earliest", f"The earliest instant when {what} can have been."),
        instant(f"{moment}_latest", f"The latest instant when {what} can have been."),
        words(f"{moment}_precision", f"How finely we know when {what}: {', '.join(Precision)}."),
        words(f"{moment}_basis", f"The evidence for when {what}: {', '.join(Basis)}.", is_null=True),
        words(f"{moment}_stated", f"The publisher's own words for when {what}.", is_null=True),
    ]


def dating_checks(moment: str) -> list[CheckConstraint]:
    """Demand bounds in order, and a precision that agrees with what is null."""
    at, earliest, latest, precision = (f"{moment}_{part}" for part in DATING_PARTS[:4])
    names = ", ".join(f"'{one}'" for one in Precision)
    return [
        CheckConstraint(f"{earliest} <= {latest}", name=f"{moment}_bounds_in_order"),
        CheckConstraint(f"{earliest} <= {at} and {at} <= {latest}", name=f"{moment}_within_bounds"),
        CheckConstraint(f"{precision} in ({names})", name=f"{moment}_precision_known"),
        CheckConstraint(
            f"({precision} in ('bounded', 'unknown')) = ({at} is null)",
            name=f"{moment}_precision_agrees",
        ),
        CheckConstraint(
            f"{precision} <> 'bounded' or {earliest} is not null or {latest} is not null",
            name=f"{moment}_bounded_has_a_bound",
        ),
    ]


def one_of(column: str, values: type[Any] | tuple[str, ...], name: str) -> CheckConstraint:
    """Demand one of a closed list of words."""
    listed = ", ".join(f"'{one}'" for one in values)
    return CheckConstraint(f"{column} in ({listed})", name=name)
