-- Which sources have shown nothing new for longest, and is that longer than their files expect?
with newest as (
    select
        snapshots.source_id,
        max(snapshots.captured_at) as last_captured_at,
        max(entries.published_at) as last_published_at
    from fct_snapshots as snapshots
    inner join fct_readings as readings on snapshots.snapshot_id = readings.snapshot_id
    inner join fct_entries as entries on readings.document_id = entries.document_id
    group by snapshots.source_id
)

select
    newest.source_id,
    sources.title,
    newest.last_published_at,
    newest.last_captured_at,
    unixepoch(newest.last_captured_at) - unixepoch(newest.last_published_at) as seconds_of_silence,
    sources.max_age_hours,
    coalesce(
        unixepoch(newest.last_captured_at) - unixepoch(newest.last_published_at) > 3600 * sources.max_age_hours, 1 = 0
    ) as is_older_than_expected
from newest
inner join dim_sources as sources on newest.source_id = sources.source_id
order by seconds_of_silence desc nulls last, newest.source_id asc
