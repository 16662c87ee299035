-- sqlfluff:dialect:sqlite
-- Which posts were pinned, from when to when, and what was said at the top of the page meanwhile?
-- Given: since = P14D
with pins as (
    select
        entry_id,
        kind,
        latest_at,
        lead(latest_at) over (partition by entry_id order by latest_at, event_id) as next_at,
        lead(kind) over (partition by entry_id order by latest_at, event_id) as next_kind
    from fct_entry_events
    where
        kind in ('pinned', 'unpinned')
        and (latest_at >= :since or latest_at is null)
)

select
    coalesce(carriers.name, 'unknown') as carrier,
    documents.title as document_title,
    wordings.headline,
    wordings.body,
    pins.latest_at as pinned_by,
    case when pins.next_kind = 'unpinned' then pins.next_at end as unpinned_by,
    pins.entry_id
from pins
inner join fct_entries as entries on pins.entry_id = entries.entry_id
inner join dim_documents as documents on entries.document_id = documents.document_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where pins.kind = 'pinned'
order by pins.latest_at desc, pins.entry_id asc
limit 1000
