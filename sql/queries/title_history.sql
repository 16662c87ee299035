-- sqlfluff:dialect:sqlite
-- Which pages changed their title, from what to what, and between which two captures?
-- Given: since = P14D
with shown as (
    select
        readings.document_id,
        readings.captured_at,
        editions.title,
        lag(editions.title) over pages as title_before,
        lag(readings.captured_at) over pages as earliest_at
    from fct_readings as readings
    inner join fct_editions as editions on readings.edition_id = editions.edition_id
    where
        readings.place = 0
        and readings.captured_at is not null
        and readings.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
    window pages as (partition by readings.document_id order by readings.captured_at, readings.snapshot_id)
)

select
    carriers.name as carrier,
    documents.url,
    shown.title_before,
    shown.title as title_after,
    shown.earliest_at,
    shown.captured_at as latest_at
from shown
inner join dim_documents as documents on shown.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where shown.title <> shown.title_before
order by shown.captured_at desc, documents.url asc
limit 1000
