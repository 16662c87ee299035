-- sqlfluff:dialect:sqlite
-- In which stretches did nobody look at a live blog for more than half an hour while it went on?
-- Given: since = P14D
with looks as (
    select
        readings.document_id,
        readings.captured_at,
        lead(readings.captured_at) over (
            partition by readings.document_id
            order by readings.captured_at, readings.snapshot_id
        ) as next_at
    from fct_readings as readings
    inner join dim_documents as documents on readings.document_id = documents.document_id
    where
        readings.place = 0
        and readings.captured_at is not null
        and documents.kind = 'live_blog'
        and readings.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
)

select
    carriers.name as carrier,
    documents.title,
    looks.captured_at as unwatched_from,
    looks.next_at as unwatched_until,
    unixepoch(looks.next_at) - unixepoch(looks.captured_at) as seconds
from looks
inner join dim_documents as documents on looks.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where unixepoch(looks.next_at) - unixepoch(looks.captured_at) > 1800
order by seconds desc, looks.document_id asc, unwatched_from asc
limit 100
