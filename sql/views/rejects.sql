-- What we refused to guess about: whole snapshots set aside, and pieces of pages that were read otherwise.
-- Grain: one row per refusal.
select
    refused.reject_id,
    case when refused.snapshot_id is null then 'piece' else 'snapshot' end as refused_what,
    coalesce(snapshots.reason, 'reject') as reason,
    refused.piece,
    refused.why,
    refused.document_id,
    documents.title as document_title,
    coalesce(snapshots.url, documents.url) as url,
    snapshots.source_id,
    case
        when refused.edition_id is null then snapshots.captured_at
        else (
            select min(readings.captured_at)
            from fct_readings as readings
            where readings.edition_id = refused.edition_id
        )
    end as captured_at,
    case
        when refused.edition_id is null then 1
        else (
            select count(*)
            from fct_readings as readings
            where readings.edition_id = refused.edition_id
        )
    end as snapshots,
    refused.snapshot_id,
    refused.edition_id
from fct_rejects as refused
left join fct_snapshots as snapshots on refused.snapshot_id = snapshots.snapshot_id
left join dim_documents as documents on refused.document_id = documents.document_id
