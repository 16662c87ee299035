-- How much was captured on each day, and what became of it?
select
    strftime('%Y-%m-%d', captured_at) as captured_day,
    count(*) as snapshots,
    count(distinct body_digest) as distinct_bodies,
    count(*) filter (where state = 'loaded') as loaded,
    count(*) filter (where state = 'quarantined') as quarantined,
    sum(body_bytes) as body_bytes
from fct_snapshots
group by strftime('%Y-%m-%d', captured_at)
order by captured_day
