-- sqlfluff:dialect:sqlite
-- Which posts are missing from a page that should show them, without proof yet that they are gone?
-- Given: since = P14D
select
    carriers.name as carrier,
    documents.title as document_title,
    wordings.headline,
    wordings.body,
    entries.published_at,
    entries.last_seen_at,
    entries.missing_since_at
from fct_entries as entries
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    entries.missing_since_at is not null
    and not entries.is_deleted
    and entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by entries.missing_since_at desc, entries.entry_id asc
limit 1000
