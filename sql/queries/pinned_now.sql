-- sqlfluff:dialect:sqlite
-- Which posts are pinned to the top of their live blogs now, and since when?
-- Given: since = P14D
select
    carriers.name as carrier,
    documents.title as document_title,
    wordings.headline,
    wordings.body,
    entries.published_at,
    (
        select max(pins.latest_at)
        from fct_entry_events as pins
        where
            pins.entry_id = entries.entry_id
            and pins.kind = 'pinned'
    ) as pinned_by
from fct_entries as entries
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    entries.is_pinned
    and not entries.is_deleted
    and entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by carriers.name, documents.title, entries.published_at, entries.entry_id
limit 1000
