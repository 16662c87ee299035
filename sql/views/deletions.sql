-- Posts that were live and are gone, with the proof that they are gone.
-- A proof is a tombstone, or two pages that cover the post's place without it.
-- Grain: one row per deleted entry.
select
    entries.entry_id,
    entries.document_id,
    documents.title as document_title,
    carriers.name as carrier,
    entries.anchor,
    wordings.headline,
    wordings.body,
    entries.published_at,
    entries.published_precision,
    entries.first_seen_at,
    entries.last_seen_at,
    entries.missing_since_at,
    unixepoch(entries.last_seen_at) - unixepoch(entries.first_seen_at) as seen_for_seconds,
    entries.deleted_proof,
    entries.last_snapshot_id,
    entries.missing_snapshot_id
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where entries.is_deleted
