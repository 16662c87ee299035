"""What snapshots said, kept whole: wordings, statements, editions, and which snapshot showed which edition.

Everything here is named by its content, so a page that did not change costs one row a poll, and the
history of a document can be derived again without parsing anything.
"""

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.model import Kind, Order
from dateline.warehouse.columns import flag, instant, key, link, one_of, words
from dateline.warehouse.metadata import CLUSTERED, STRICT, Json, Real, Whole, metadata

dim_wordings = Table(
    "dim_wordings",
    metadata,
    key("wording_id", "Derived from headline, text, author and embeds."),
    words("headline", "The entry's own headline.", is_null=True),
    words("body", "The text, one paragraph a line."),
    words("author", "Who signed it.", is_null=True),
    Column("embeds", Json, nullable=False, comment="What is quoted into it (kind, url, text, author): a JSON list."),
    Column("word_count", Whole, nullable=False, comment="Words in headline and text."),
    comment="Wordings. Grain: one row per distinct wording, whoever carries it.",
    **STRICT,
)

dim_statements = Table(
    "dim_statements",
    metadata,
    key("statement_id", "Derived from the document and all that it states."),
    link("wording_id", "dim_wordings.wording_id", "Its wording."),
    words("anchor", "The publisher's own id of the post.", is_null=True),
    Column(
        "datings", Json, nullable=False, comment="Created, published, modified and shown, as judged: a JSON object."
    ),
    flag("is_pinned", "It was pinned to the top."),
    flag("is_key_event", "It was marked as a key event."),
    flag("is_summary", "It was marked as a summary."),
    flag("is_deleted", "A tombstone: the publisher said that the post is gone."),
    Column("boundary_probability", Real, comment="How sure the splitter is, where it drew the boundary."),
    Column(
        "joined_probability",
        Real,
        comment="The likeliest boundary inside: too doubtful, so two posts may stand joined.",
    ),
    Index("ix_dim_statements_of_wording", "wording_id"),
    comment="Posts as stated and judged. Grain: one row per document and distinct statement of a post.",
    **STRICT,
)

fct_editions = Table(
    "fct_editions",
    metadata,
    key("edition_id", "Derived from the document and all that this face of it states."),
    words("document_id", "The document."),
    words("kind", f"What it was read as: {', '.join(Kind)}."),
    words("title", "The title.", is_null=True),
    words("entry_order", f"How the page orders its entries: {', '.join(Order)}."),
    flag("is_item", "Read as an item of a feed or topic page, not from its own page."),
    flag("is_complete", "The page is known to hold every entry."),
    words("shows", "Which part it shows: all, latest, page; null where the page does not say.", is_null=True),
    Column("page", Whole, comment="Page k …"),
    Column("pages", Whole, comment="… of n."),
    Column("total", Whole, comment="How many entries the page says that there are."),
    flag("is_cut", "The body ended before its outermost element did: it proves no absence."),
    Column("refused", Whole, nullable=False, comment="How many pieces of it were refused."),
    Column("stated", Json, nullable=False, comment="The rest of what it states of the document: a JSON object."),
    one_of("kind", Kind, "kind_known"),
    one_of("entry_order", Order, "order_known"),
    Index("ix_fct_editions_of_document", "document_id"),
    comment="Faces of a document. Grain: one row per distinct face: its title, window, and entries in order.",
    **STRICT,
)

fct_sightings = Table(
    "fct_sightings",
    metadata,
    link(
        "edition_id",
        "fct_editions.edition_id",
        "The edition; fct_readings says which snapshots showed it.",
        is_key=True,
    ),
    Column("position", Whole, primary_key=True, autoincrement=False, comment="Place on the page, 0 at the top."),
    link("statement_id", "dim_statements.statement_id", "What stood there."),
    words(
        "entry_id",
        "The entry that it is; null for a tombstone or piece of a post never seen, and where it is outranked.",
        is_null=True,
    ),
    flag("is_pinned", "It was pinned there."),
    CheckConstraint("position >= 0", name="position_counts_from_zero"),
    Index("ix_fct_sightings_of_statement", "statement_id"),
    comment="Sightings. Grain: one row per edition and place: this entry, in this wording, stood here.",
    **CLUSTERED,
)

fct_readings = Table(
    "fct_readings",
    metadata,
    link("snapshot_id", "fct_snapshots.snapshot_id", "The snapshot.", is_key=True),
    Column("place", Whole, primary_key=True, autoincrement=False, comment="0 the page itself, n the n-th item on it."),
    words("document_id", "The document that was read."),
    link("edition_id", "fct_editions.edition_id", "The face that it showed."),
    instant("captured_at", "When the snapshot was captured."),
    Index("ix_fct_readings_as_of", "document_id", "captured_at", "snapshot_id", "place"),
    Index("ix_fct_readings_of_edition", "edition_id"),
    comment="Readings. Grain: one row per snapshot and document on it.",
    **CLUSTERED,
)

fct_rejects = Table(
    "fct_rejects",
    metadata,
    key("reject_id", "Derived from where it was found and why it was refused."),
    link("snapshot_id", "fct_snapshots.snapshot_id", "The snapshot, where it was refused whole.", is_null=True),
    link("edition_id", "fct_editions.edition_id", "The edition, where a piece of it was refused.", is_null=True),
    words("document_id", "The document, where one was read.", is_null=True),
    words("piece", "Where on the page, for a person."),
    words("why", "Why it was refused."),
    CheckConstraint("(snapshot_id is null) <> (edition_id is null)", name="of_a_snapshot_or_an_edition"),
    Index("ix_fct_rejects_of_snapshot", "snapshot_id"),
    Index("ix_fct_rejects_of_edition", "edition_id"),
    Index("ix_fct_rejects_of_document", "document_id"),
    comment="Refusals to guess. Grain: one row per piece refused on an edition, or snapshot refused whole.",
    **STRICT,
)

fct_conflicts = Table(
    "fct_conflicts",
    metadata,
    key("conflict_id", "Derived from the edition and both statements."),
    link("edition_id", "fct_editions.edition_id", "The edition that contradicts itself."),
    words("document_id", "The document."),
    words("piece", "Where on the page, for a person."),
    words("about", "What is stated twice: published, headline …"),
    words("kept", "The statement that we went by."),
    words("other", "The statement that we did not."),
    words("why", "Why."),
    Index("ix_fct_conflicts_of_edition", "edition_id"),
    Index("ix_fct_conflicts_of_document", "document_id"),
    comment="Contradictions. Grain: one row per pair of statements of one edition that cannot both be true.",
    **STRICT,
)
