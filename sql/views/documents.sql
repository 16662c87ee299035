-- Everything that was covered, with who published it, who wrote it, and how much of it there is.
-- Grain: one row per article, live blog, feed, topic page or item of one.
with entry_counts as (
    select
        document_id,
        count(*) as entries,
        count(*) filter (where is_deleted) as deleted_entries,
        sum(versions) as versions
    from fct_entries
    group by document_id
),

reading_counts as (
    select
        document_id,
        count(*) as readings,
        count(distinct edition_id) as editions
    from fct_readings
    group by document_id
)

select
    documents.document_id,
    documents.kind,
    documents.title,
    documents.url,
    documents.canonical_url,
    carriers.name as carrier,
    origins.name as origin,
    documents.origin_reason,
    documents.origin_confidence,
    documents.language,
    documents.published_at,
    documents.published_earliest,
    documents.published_latest,
    documents.published_precision,
    documents.published_basis,
    documents.modified_at,
    documents.entry_order,
    documents.format,
    documents.is_item,
    documents.first_seen_at,
    documents.last_seen_at,
    coalesce(entry_counts.entries, 0) as entries,
    coalesce(entry_counts.deleted_entries, 0) as deleted_entries,
    coalesce(entry_counts.versions, 0) as versions,
    coalesce(reading_counts.readings, 0) as readings,
    coalesce(reading_counts.editions, 0) as editions
from dim_documents as documents
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
left join dim_publishers as origins on documents.origin_id = origins.publisher_id
left join entry_counts on documents.document_id = entry_counts.document_id
left join reading_counts on documents.document_id = reading_counts.document_id
