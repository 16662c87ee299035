-- No live blog that is still asked shows something else on its newest page: a login, a consent form, an error.
with pages as (
    select
        readings.document_id,
        readings.snapshot_id,
        readings.captured_at,
        editions.kind,
        editions.title,
        row_number() over (
            partition by readings.document_id
            order by readings.captured_at desc, readings.snapshot_id desc
        ) as place
    from fct_readings as readings
    inner join fct_editions as editions on readings.edition_id = editions.edition_id
    where readings.place = 0
)

select
    documents.document_id,
    documents.title,
    pages.kind as reads_as,
    pages.title as shown_title,
    pages.captured_at,
    snapshots.source_id
from pages
inner join dim_documents as documents on pages.document_id = documents.document_id
inner join fct_snapshots as snapshots on pages.snapshot_id = snapshots.snapshot_id
inner join source_schedules as schedules on snapshots.source_id = schedules.source_id
where
    pages.place = 1
    and pages.kind <> 'live_blog'
    and documents.kind = 'live_blog'
    and schedules.due_at is not null
