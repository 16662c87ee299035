"""Prints, the links they led to, the stories that links make, and what people said of them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, Table, text

from dateline.warehouse.columns import flag, index_of_the_few, instant, key, link, one_of, words
from dateline.warehouse.metadata import STRICT, Real, Whole, metadata


class Level(StrEnum):
    """Between what a link stands: two documents, or two entries."""

    DOCUMENT = "document"
    ENTRY = "entry"


fct_print_units = Table(
    "fct_print_units",
    metadata,
    link("document_id", "dim_documents.document_id", "The document.", is_key=True),
    key("text_id", "The wording, or the digest of the document's lead."),
    Column("text_key", Whole, nullable=False, comment="The text in 64 bits: what fct_prints names it by."),
    flag("is_lead", "It is the lead of a live blog, not the wording of an entry."),
    Column("prints", Whole, nullable=False, comment="How many prints it has, boilerplate among them."),
    Column("day", Whole, comment="The day it was published or first seen, in days since 1970; null where unknown."),
    Column("print_version", Whole, nullable=False, comment="The procedure that made its prints."),
    flag("is_matched", "It has been compared with everything that was printed before it."),
    Index("ix_fct_print_units_of_text", "text_key"),
    Index("ix_fct_print_units_versions", "print_version"),
    Index(
        "ix_fct_print_units_pending",
        "document_id",
        sqlite_where=text("is_matched = 0"),
        postgresql_where=text("not is_matched"),
    ),
    comment="Texts that were printed. Grain: one row per document and distinct text in it.",
    **STRICT,
)

fct_match_queue = Table(
    "fct_match_queue",
    metadata,
    key("ticket", "One change of the document."),
    words("document_id", "The document that has texts which may never have been compared."),
    Index("ix_fct_match_queue_of_document", "document_id"),
    comment="What waits for matching. Grain: one row per change of a document since it was last compared.",
    **STRICT,
)

fct_prints = Table(
    "fct_prints",
    metadata,
    Column("print", Whole, primary_key=True, autoincrement=False, comment="A winnowed hash of five words, signed."),
    Column("text_key", Whole, primary_key=True, autoincrement=False, comment="The text that has it."),
    comment="The index of shared passages. Grain: one row per print and text.",
    sqlite_with_rowid=False,
    **STRICT,
)

dim_boilerplate_prints = Table(
    "dim_boilerplate_prints",
    metadata,
    Column("print", Whole, primary_key=True, autoincrement=False, comment="The print."),
    Column("texts", Whole, nullable=False, comment="How many texts had it when it was learnt."),
    Column("days", Whole, nullable=False, comment="On how many distinct days."),
    comment="Prints that stand everywhere, so they say nothing. Grain: one row per print.",
    **STRICT,
)

fct_syndications = Table(
    "fct_syndications",
    metadata,
    key("link_id", "Derived from the level and both sides, whichever of them is the origin."),
    words("level", f"Between what it stands: {', '.join(Level)}."),
    link("copy_document_id", "dim_documents.document_id", "The document of the copy."),
    link("origin_document_id", "dim_documents.document_id", "The document of the origin."),
    link("copy_entry_id", "fct_entries.entry_id", "The entry that is the copy.", is_null=True),
    link("origin_entry_id", "fct_entries.entry_id", "The entry that is the origin.", is_null=True),
    words("copy_text_id", "The wording that was compared, where it is one.", is_null=True),
    words("origin_text_id", "The wording that was compared, where it is one.", is_null=True),
    Column("shared", Whole, nullable=False, comment="Distinct runs of five words that both sides have."),
    Column("copy_size", Whole, nullable=False, comment="Distinct runs of five words of the copy, boilerplate apart."),
    Column("origin_size", Whole, nullable=False, comment="Distinct runs of five words of the origin, the same way."),
    Column("share_of_copy", Real, nullable=False, comment="How much of the copy stands in the origin, 0 to 1."),
    Column("share_of_origin", Real, nullable=False, comment="How much of the origin stands in the copy, 0 to 1."),
    Column("longest_run", Whole, nullable=False, comment="Words of the longest passage that both have verbatim."),
    words("sample", "That passage, or its beginning."),
    Column("score", Real, nullable=False, comment="The larger of the two shares."),
    Column("words", Whole, nullable=False, comment="Words of the shorter side."),
    Column("figures_agree", Real, comment="Share of the poorer side's figures that stand on both; null without any."),
    Column("titles_agree", Real, comment="Share of the shorter headline's words that the other has; null without."),
    flag("is_same_carrier", "Both were published by one house: an update or a series, no syndication."),
    Column("copy_day", Whole, comment="The day of the copy, in days since 1970; null where unknown."),
    Column("origin_day", Whole, comment="The day of the origin, in days since 1970; null where unknown."),
    Column("days_apart", Real, comment="Days between the two claims; null where one is unknown."),
    words("origin_name", "Who wrote it, where we know.", is_null=True),
    words("reason", "Why this side is the origin."),
    Column("confidence", Real, nullable=False, comment="How sure that is, 0 to 1; below 0.6 it goes to a person."),
    instant("copy_first_seen_at", "The first dated capture of the copy."),
    instant("origin_first_seen_at", "The first dated capture of the origin."),
    flag("is_refuted", "A person said that this is no copy."),
    Column("print_version", Whole, nullable=False, comment="The procedure that found it."),
    one_of("level", Level, "level_known"),
    CheckConstraint("share_of_copy between 0 and 1 and share_of_origin between 0 and 1", name="shares_are_shares"),
    CheckConstraint("(level = 'entry') = (copy_entry_id is not null)", name="entries_where_entry_level"),
    CheckConstraint("(copy_entry_id is null) = (origin_entry_id is null)", name="entries_on_both_sides"),
    Index("ix_fct_syndications_of_copy", "copy_document_id", "level"),
    Index("ix_fct_syndications_of_origin", "origin_document_id", "level"),
    index_of_the_few("ix_fct_syndications_of_copied_entry", "copy_entry_id"),
    index_of_the_few("ix_fct_syndications_of_original_entry", "origin_entry_id"),
    comment="Shared text, as a link from the copy to its origin. Grain: one row per pair of documents or entries.",
    **STRICT,
)

fct_verdicts = Table(
    "fct_verdicts",
    metadata,
    key("link_id", "The link that was judged; it need not stand any more."),
    flag("is_copy", "The person says that one side was taken from the other."),
    words("origin_document_id", "The side that the person says is the origin.", is_null=True),
    words("person", "Who judged."),
    words("why", "What they said.", is_null=True),
    instant("said_at", "When they said it.", is_null=False),
    comment="People's verdicts: they win over every rule. Grain: one row per link judged.",
    **STRICT,
)

fct_story_copies = Table(
    "fct_story_copies",
    metadata,
    link("document_id", "dim_documents.document_id", "The document.", is_key=True),
    link("story_id", "dim_documents.document_id", "The headline document of the story."),
    Index("ix_fct_story_copies_of_story", "story_id"),
    comment="Which documents carry one story. Grain: one row per document that is, or has, a copy.",
    **STRICT,
)
