-- What happened to posts: posted, edited, moved, pinned, unpinned, re-dated, deleted, restored.
-- It happened after earliest_at and by latest_at: the captures that prove it. An edit carries both wordings.
-- Grain: one row per change of one entry.
select
    events.event_id,
    events.kind,
    events.document_id,
    documents.title as document_title,
    carriers.name as carrier,
    events.entry_id,
    entries.anchor,
    entries.published_at,
    events.earliest_at,
    events.latest_at,
    events.claimed_at,
    before_wordings.headline as headline_before,
    before_wordings.body as body_before,
    after_wordings.headline as headline_after,
    after_wordings.body as body_after,
    events.before_stated,
    events.after_stated,
    events.before_snapshot_id,
    events.after_snapshot_id,
    events.proof_snapshot_id
from fct_entry_events as events
inner join fct_entries as entries on events.entry_id = entries.entry_id
inner join dim_documents as documents on events.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
left join fct_entry_versions as befores on events.before_version_id = befores.version_id
left join dim_wordings as before_wordings on befores.wording_id = before_wordings.wording_id
left join fct_entry_versions as afters on events.after_version_id = afters.version_id
left join dim_wordings as after_wordings on afters.wording_id = after_wordings.wording_id
