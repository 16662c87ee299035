-- How each source is doing: when it was asked last, what went wrong, what waits, and when it is asked next and why.
-- Grain: one row per declared source.
with requests as (
    select
        source_id,
        count(*) as requests,
        count(*) filter (where failure is not null) as failed_requests,
        max(started_at) as last_request_at,
        max(started_at) filter (where failure is null) as last_good_request_at,
        round(cast(avg(milliseconds) as numeric), 0) as mean_milliseconds,
        sum(wire_bytes) as wire_bytes
    from fct_fetches
    group by source_id
),

stored as (
    select
        source_id,
        count(*) as snapshots,
        count(*) filter (where state = 'stored') as waiting,
        count(*) filter (where state = 'quarantined') as quarantined,
        max(captured_at) as last_captured_at
    from fct_snapshots
    group by source_id
)

select
    sources.source_id,
    sources.kind,
    sources.title,
    sources.url,
    sources.is_enabled,
    coalesce(requests.requests, 0) as requests,
    coalesce(requests.failed_requests, 0) as failed_requests,
    requests.last_request_at,
    requests.last_good_request_at,
    requests.mean_milliseconds,
    requests.wire_bytes,
    coalesce(stored.snapshots, 0) as snapshots,
    coalesce(stored.waiting, 0) as waiting,
    coalesce(stored.quarantined, 0) as quarantined,
    stored.last_captured_at,
    schedules.failed as last_failure,
    schedules.due_at,
    schedules.why as due_because
from dim_sources as sources
left join requests on sources.source_id = requests.source_id
left join stored on sources.source_id = stored.source_id
left join source_schedules as schedules on sources.source_id = schedules.source_id
