-- Every snapshot that is loaded shows at least one document.
select
    snapshots.snapshot_id,
    snapshots.source_id,
    snapshots.url
from fct_snapshots as snapshots
left join fct_readings as readings on snapshots.snapshot_id = readings.snapshot_id
where
    snapshots.state = 'loaded'
    and readings.snapshot_id is null
