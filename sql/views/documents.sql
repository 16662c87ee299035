-- Everything that was covered, with who published it, who wrote it, and how much of it there is.
-- Grain: one row per article, live blog, feed, topic page or item of one.
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
    (
        select count(*)
        from fct_entries as entries
        where entries.document_id = documents.document_id
    ) as entries,
    (
        select count(*)
        from fct_entries as entries
        where
            entries.document_id = documents.document_id
            and entries.is_deleted
    ) as deleted_entries,
    (
        select coalesce(sum(entries.versions), 0)
        from fct_entries as entries
        where entries.document_id = documents.document_id
    ) as versions,
    (
        select count(*)
        from fct_readings as readings
        where readings.document_id = documents.document_id
    ) as readings,
    (
        select count(distinct readings.edition_id)
        from fct_readings as readings
        where readings.document_id = documents.document_id
    ) as editions
from dim_documents as documents
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
left join dim_publishers as origins on documents.origin_id = origins.publisher_id
