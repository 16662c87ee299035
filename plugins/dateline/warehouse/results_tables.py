"""What the warehouse keeps about itself: the meaning of each table and column, and what its checks found."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.warehouse.columns import instant, key, words
from dateline.warehouse.metadata import STRICT, Json, Whole, metadata

data_dictionary = Table(
    "data_dictionary",
    metadata,
    key("object_name", "A table or a view."),
    key("column_name", "A column of it; empty for the table or view itself."),
    words("kind", "table, view, or index: what full-text search keeps."),
    words("meaning", "What it means, and for a table or view its grain."),
    comment="What everything here means. Grain: one row per table, view, and column of one.",
    **STRICT,
)

fct_check_results = Table(
    "fct_check_results",
    metadata,
    key("check_result_id", "Derived from the check and when it ran."),
    words("check_name", "The check: its file in sql/checks."),
    instant("ran_at", "When it ran.", is_null=False),
    Column("offending", Whole, nullable=False, comment="How many rows offend."),
    Column("sample", Json, nullable=False, comment="Up to ten of them, a JSON list of objects."),
    CheckConstraint("offending >= 0", name="offending_is_a_count"),
    Index("ix_fct_check_results_of_check", "check_name", "ran_at"),
    comment="What the checks found. Grain: one row per check and run.",
    **STRICT,
)
