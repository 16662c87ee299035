-- No source shows fewer or more posts, or items, on its newest page than its file expects, nor only older ones.
with pages as (
    select
        snapshots.source_id,
        readings.snapshot_id,
        readings.document_id,
        readings.edition_id,
        readings.captured_at,
        row_number() over (
            partition by snapshots.source_id
            order by readings.captured_at desc, readings.snapshot_id desc
        ) as place
    from fct_readings as readings
    inner join fct_snapshots as snapshots on readings.snapshot_id = snapshots.snapshot_id
    where readings.place = 0
),

newest as (
    select *
    from pages
    where place = 1
),

shown as (
    select
        newest.source_id,
        sightings.statement_id as shown_id,
        entries.published_at
    from newest
    inner join fct_sightings as sightings on newest.edition_id = sightings.edition_id
    left join fct_entries as entries on sightings.entry_id = entries.entry_id
    union all
    select
        newest.source_id,
        items.document_id as shown_id,
        documents.published_at
    from newest
    inner join fct_readings as items on newest.snapshot_id = items.snapshot_id
    left join dim_documents as documents on items.document_id = documents.document_id
    where items.place > 0
),

counted as (
    select
        newest.source_id,
        newest.document_id,
        newest.captured_at,
        count(shown.shown_id) as entries,
        max(shown.published_at) as newest_at
    from newest
    left join shown on newest.source_id = shown.source_id
    group by newest.source_id, newest.document_id, newest.captured_at
)

select
    sources.source_id,
    counted.document_id,
    counted.entries,
    sources.min_entries,
    sources.max_entries,
    counted.newest_at,
    sources.max_age_hours
from counted
inner join dim_sources as sources on counted.source_id = sources.source_id
where
    counted.entries < sources.min_entries
    or counted.entries > sources.max_entries
    or unixepoch(counted.captured_at) - unixepoch(counted.newest_at) > 3600 * sources.max_age_hours
