-- Posts, each told once: those that repeat an earlier or original post in at least four fifths of their words are left
-- out, wherever it stands, and so are articles that copy another document. A refuted link counts for nothing.
-- Grain: one row per entry that is not deleted and copies nothing.
with copied_entries as (
    select links.copy_entry_id as entry_id
    from fct_syndications as links
    inner join fct_entries as originals on links.origin_entry_id = originals.entry_id
    where
        links.level = 'entry'
        and links.share_of_copy >= 0.8
        and not links.is_refuted
        and not originals.is_deleted
),

copied_articles as (
    select links.copy_document_id as document_id
    from syndications as links
    where
        links.share_of_copy >= 0.8
        and not links.is_template
        and not links.is_refuted
)

select
    entries.entry_id,
    entries.document_id,
    entries.document_kind,
    entries.document_title,
    entries.document_url,
    entries.carrier,
    entries.origin,
    entries.headline,
    entries.body,
    entries.author,
    entries.word_count,
    entries.published_at,
    entries.published_earliest,
    entries.published_latest,
    entries.published_precision,
    entries.published_basis,
    entries.is_pinned,
    entries.is_key_event,
    entries.is_summary,
    entries.wording_id,
    entries.first_seen_at,
    entries.last_seen_at
from current_entries as entries
where
    entries.entry_id not in (select copied_entries.entry_id from copied_entries)
    and not (
        entries.document_kind = 'article'
        and entries.document_id in (select copied_articles.document_id from copied_articles)
    )
