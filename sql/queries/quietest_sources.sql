-- sqlfluff:dialect:sqlite
-- Which sources have shown nothing new for longest, and is that longer than their files expect?
-- Given: since = P14D
with shown as (
    select distinct
        sources.source_id,
        readings.document_id
    from dim_sources as sources
    cross join fct_snapshots as snapshots
    cross join fct_readings as readings
    where
        sources.source_id = snapshots.source_id
        and snapshots.captured_at >= :since
        and snapshots.snapshot_id = readings.snapshot_id
),

newest as (
    select
        shown.source_id,
        max((
            select max(entries.published_at)
            from fct_entries as entries
            where entries.document_id = shown.document_id
        )) as last_published_at
    from shown
    group by shown.source_id
),

captured as (
    select
        sources.source_id,
        sources.title,
        sources.max_age_hours,
        newest.last_published_at,
        (
            select max(snapshots.captured_at)
            from fct_snapshots as snapshots
            where snapshots.source_id = sources.source_id
        ) as last_captured_at
    from newest
    inner join dim_sources as sources on newest.source_id = sources.source_id
)

select
    source_id,
    title,
    last_published_at,
    last_captured_at,
    unixepoch(last_captured_at) - unixepoch(last_published_at) as seconds_of_silence,
    max_age_hours,
    coalesce(
        unixepoch(last_captured_at) - unixepoch(last_published_at) > 3600 * max_age_hours, 1 = 0
    ) as is_older_than_expected
from captured
order by seconds_of_silence desc nulls last, source_id asc
