"""Which post of an original a stretch of a copy is: facts; and what each entry of a copy takes over by them."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from dateline.warehouse.columns import dating_checks, instant, link, words
from dateline.warehouse.metadata import STRICT, Real, Whole, metadata

fct_alignments = Table(
    "fct_alignments",
    metadata,
    link("copy_entry_id", "fct_entries.entry_id", "The entry of the copy.", is_key=True),
    link("link_id", "fct_syndications.link_id", "The evidence: the link between the two documents.", is_key=True),
    Column(
        "starts_at",
        Whole,
        primary_key=True,
        autoincrement=False,
        comment="Where the stretch begins in the entry: characters of headline, line break and body.",
    ),
    Column("ends_at", Whole, nullable=False, comment="Where it ends: the character after its last."),
    Column(
        "body_starts_at", Whole, nullable=False, comment="Where it goes on behind a headline of its own or glued to it."
    ),
    words("copy_wording_id", "The wording whose characters are counted; a stretch of a former one is not shown."),
    words("copy_document_id", "The document of the copy."),
    words("original_document_id", "The document that has the clocks."),
    link("original_entry_id", "fct_entries.entry_id", "The post of the original that the stretch is."),
    Column("place", Whole, nullable=False, comment="The match that it is part of, counted down the copy from 0."),
    Column(
        "shared_words", Whole, nullable=False, comment="Words of the match in runs of five that only this post has."
    ),
    Column("share_of_copy", Real, nullable=False, comment="How much of the match those are, 0 to 1."),
    Column("share_of_original", Real, nullable=False, comment="How much of the original's post those are, 0 to 1."),
    CheckConstraint(
        "0 <= starts_at and starts_at <= body_starts_at and body_starts_at <= ends_at and starts_at < ends_at",
        name="characters_in_order",
    ),
    CheckConstraint("copy_document_id <> original_document_id", name="two_documents"),
    CheckConstraint("place >= 0 and shared_words > 0", name="counts_are_counts"),
    CheckConstraint("share_of_copy between 0 and 1 and share_of_original between 0 and 1", name="shares_are_shares"),
    Index("ix_fct_alignments_of_link", "link_id"),
    Index("ix_fct_alignments_of_original", "original_entry_id"),
    Index("ix_fct_alignments_of_copy", "copy_document_id"),
    comment="Copies against originals. Grain: one row per link and stretch of a copy's entry that is one post there.",
    **STRICT,
)

fct_aligned_pairs = Table(
    "fct_aligned_pairs",
    metadata,
    link("link_id", "fct_syndications.link_id", "The link between the two documents.", is_key=True),
    words("copy_content_id", "The state of the link's copy that was aligned (dim_documents.content_id)."),
    words("origin_content_id", "The state of the link's origin that was aligned."),
    Column("align_version", Whole, nullable=False, comment="The procedure that aligned them."),
    Index("ix_fct_aligned_pairs_versions", "align_version"),
    comment="Pairs that were aligned, as they stood then. Grain: one row per link between documents.",
    **STRICT,
)

fct_align_queue = Table(
    "fct_align_queue",
    metadata,
    link("link_id", "fct_syndications.link_id", "The link between the two documents.", is_key=True),
    comment="Pairs with a live blog that wait to be aligned. Grain: one row per link between documents.",
    **STRICT,
)

fct_inheritances = Table(
    "fct_inheritances",
    metadata,
    link("entry_id", "fct_entries.entry_id", "The entry of the copy.", is_key=True),
    words("document_id", "The document of the copy."),
    words("wording_id", "The wording that was aligned; a former one inherits nothing."),
    link("link_id", "fct_syndications.link_id", "The evidence: of several originals, the link to the one that lends."),
    words("original_document_id", "The document that lends."),
    words("original_entry_id", "The post of it that the entry is; null where the entry holds several.", is_null=True),
    Column("posts", Whole, nullable=False, comment="How many posts of the original the entry holds."),
    Column("share_of_copy", Real, nullable=False, comment="How much of the match stands in the original, 0 to 1."),
    instant("published_at", "When that post was published; null for several, and where no time is inherited."),
    instant("published_earliest", "The earliest instant when it, or the first of several, can have been published."),
    instant("published_latest", "The latest instant when it, or the last of several, can have been published."),
    words("published_precision", "How finely we know that; null where no time is inherited.", is_null=True),
    words("published_stated", "The original's own words for it.", is_null=True),
    instant("shown_at", "When it was published, as the original shows it to readers."),
    CheckConstraint("posts > 0", name="holds_a_post"),
    CheckConstraint("document_id <> original_document_id", name="two_documents"),
    CheckConstraint("(posts = 1) = (original_entry_id is not null)", name="post_named_where_one"),
    *dating_checks("published"),
    Index("ix_fct_inheritances_of_document", "document_id"),
    Index("ix_fct_inheritances_of_link", "link_id"),
    Index("ix_fct_inheritances_timeline", "published_at"),
    comment="What copies take over. Grain: one row per entry of a copy that an original lends an id or a time to.",
    **STRICT,
)
