-- How long after a post's own time did we first see it, by carrier?
select
    carrier,
    count(*) as posts,
    min(unixepoch(first_seen_at) - unixepoch(published_at)) as shortest_seconds,
    round(cast(avg(unixepoch(first_seen_at) - unixepoch(published_at)) as numeric), 0) as mean_seconds,
    max(unixepoch(first_seen_at) - unixepoch(published_at)) as longest_seconds
from current_entries
where
    published_precision in ('second', 'minute')
    and first_seen_at is not null
group by carrier
order by posts desc, carrier asc
