-- Which posts are pinned to the top of their live blogs now, and since when?
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
order by carriers.name, documents.title, entries.published_at, entries.entry_id
