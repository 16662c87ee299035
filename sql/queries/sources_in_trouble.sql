-- sqlfluff:dialect:sqlite
-- Which sources fail, wait or send what cannot be read?
-- Given: since = P14D
with requests as (
    select
        sources.source_id,
        count(*) as requests,
        count(*) filter (where fetches.failure is not null) as failed_requests,
        max(fetches.started_at) filter (where fetches.failure is null) as last_good_request_at
    from dim_sources as sources
    inner join fct_fetches as fetches
        on
            sources.source_id = fetches.source_id
            and fetches.started_at >= :since
    group by sources.source_id
),

unsettled as (
    select
        source_id,
        state
    from fct_snapshots
    where
        state = 'stored'
        and (captured_at >= :since or captured_at is null)
    union all
    select
        source_id,
        state
    from fct_snapshots
    where
        state = 'quarantined'
        and (captured_at >= :since or captured_at is null)
),

unread as (
    select
        source_id,
        count(*) filter (where state = 'stored') as waiting,
        count(*) filter (where state = 'quarantined') as quarantined
    from unsettled
    group by source_id
)

select
    sources.source_id,
    sources.url,
    coalesce(requests.requests, 0) as requests,
    coalesce(requests.failed_requests, 0) as failed_requests,
    plans.last_failure,
    coalesce(unread.waiting, 0) as waiting,
    coalesce(unread.quarantined, 0) as quarantined,
    requests.last_good_request_at,
    plans.due_at,
    plans.due_because
from dim_sources as sources
left join requests on sources.source_id = requests.source_id
left join unread on sources.source_id = unread.source_id
left join source_plans as plans on sources.source_id = plans.source_id
where
    requests.failed_requests > 0
    or unread.waiting > 0
    or unread.quarantined > 0
order by quarantined desc, failed_requests desc, sources.source_id asc
