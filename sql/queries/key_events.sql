-- sqlfluff:dialect:sqlite
-- What were the key events, over all live blogs, in the order of their times?
-- Given: since = P14D
select
    entries.published_at,
    entries.published_precision,
    coalesce(carriers.name, 'unknown') as carrier,
    documents.title as document_title,
    wordings.headline,
    wordings.body,
    entries.entry_id
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    entries.is_key_event
    and not entries.is_deleted
    and entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by entries.published_at asc nulls last, entries.entry_id asc
limit 1000
