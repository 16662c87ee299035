-- What we refused to guess about: whole snapshots set aside, and pieces of pages that were read otherwise.
-- Grain: one row per refusal.
with shown as (
    select
        edition_id,
        min(captured_at) as first_captured_at,
        count(*) as snapshots
    from fct_readings
    group by edition_id
)

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
    coalesce(snapshots.captured_at, shown.first_captured_at) as captured_at,
    coalesce(shown.snapshots, 1) as snapshots,
    refused.snapshot_id,
    refused.edition_id
from fct_rejects as refused
left join fct_snapshots as snapshots on refused.snapshot_id = snapshots.snapshot_id
left join shown on refused.edition_id = shown.edition_id
left join dim_documents as documents on refused.document_id = documents.document_id
