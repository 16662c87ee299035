-- sqlfluff:dialect:sqlite
-- What did readers of a live blog see at an instant: which posts, in which order and wording?
-- Given: url = https://harbour-courier.example/live/ferry
-- Given: at = 2026-03-02T09:30:00Z
with shown as (
    select
        readings.edition_id,
        readings.captured_at
    from dim_documents as documents
    inner join fct_readings as readings on documents.document_id = readings.document_id
    where
        (documents.url = :url or documents.canonical_url = :url)
        and readings.captured_at <= :at
        and readings.place = 0
    order by readings.captured_at desc, readings.snapshot_id desc
    limit 1
)

select
    shown.captured_at,
    sightings.position,
    sightings.is_pinned,
    wordings.headline,
    wordings.body,
    wordings.author,
    sightings.entry_id
from shown
inner join fct_sightings as sightings on shown.edition_id = sightings.edition_id
inner join dim_statements as statements on sightings.statement_id = statements.statement_id
inner join dim_wordings as wordings on statements.wording_id = wordings.wording_id
where not statements.is_deleted
order by sightings.position
