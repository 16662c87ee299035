-- No source shows fewer or more posts on its newest page than its file expects.
with newest as (
    select
        snapshots.source_id,
        readings.document_id,
        readings.edition_id,
        row_number() over (
            partition by snapshots.source_id
            order by readings.captured_at desc, readings.snapshot_id desc
        ) as place
    from fct_readings as readings
    inner join fct_snapshots as snapshots on readings.snapshot_id = snapshots.snapshot_id
    where readings.place = 0
),

counted as (
    select
        newest.source_id,
        newest.document_id,
        count(sightings.position) as entries
    from newest
    left join fct_sightings as sightings on newest.edition_id = sightings.edition_id
    where newest.place = 1
    group by newest.source_id, newest.document_id
)

select
    sources.source_id,
    counted.document_id,
    counted.entries,
    sources.min_entries,
    sources.max_entries
from counted
inner join dim_sources as sources on counted.source_id = sources.source_id
where
    counted.entries < sources.min_entries
    or counted.entries > sources.max_entries
