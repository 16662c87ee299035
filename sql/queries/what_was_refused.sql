-- sqlfluff:dialect:sqlite
-- What could not be read, where, and how often for which reason?
-- Given: since = P14D
select
    reason,
    why,
    count(*) as refusals,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at
from rejects
where
    document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
    or snapshot_id in (
        select snapshots.snapshot_id
        from fct_snapshots as snapshots
        where
            snapshots.state = 'quarantined'
            and (snapshots.captured_at >= :since or snapshots.captured_at is null)
    )
group by reason, why
order by refusals desc, reason asc, why asc
