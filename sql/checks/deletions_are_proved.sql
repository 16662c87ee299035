-- Every deleted entry has an event that names its proof: a tombstone, or a second page without it.
select
    entries.entry_id,
    entries.document_id,
    entries.deleted_proof
from fct_entries as entries
where
    entries.is_deleted
    and not exists (
        select 1
        from fct_entry_events as events
        where
            events.entry_id = entries.entry_id
            and events.kind = 'deleted'
            and (entries.deleted_proof = 'tombstone' or events.proof_snapshot_id is not null)
    )
