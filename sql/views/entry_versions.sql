-- Every spell of every wording: what an entry said, from when to when we saw it, and since when by its own claim.
-- Grain: one row per spell of one wording of an entry.
select
    versions.version_id,
    versions.entry_id,
    versions.document_id,
    documents.title as document_title,
    versions.number,
    entries.versions,
    wordings.headline,
    wordings.body,
    wordings.author,
    wordings.word_count,
    versions.claimed_at,
    versions.unseen_at,
    versions.first_seen_at,
    case when versions.last_snapshot_id is null then documents.last_seen_at else versions.last_seen_at end
        as last_seen_at,
    versions.version_id = entries.version_id as is_newest,
    entries.is_deleted
from fct_entry_versions as versions
inner join fct_entries as entries on versions.entry_id = entries.entry_id
inner join dim_documents as documents on versions.document_id = documents.document_id
inner join dim_wordings as wordings on versions.wording_id = wordings.wording_id
