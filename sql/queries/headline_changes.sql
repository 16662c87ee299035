-- sqlfluff:dialect:sqlite
-- Which posts were given another headline, from what to what?
-- Given: since = P14D
select
    carrier,
    document_title,
    headline_before,
    headline_after,
    earliest_at,
    latest_at,
    claimed_at,
    entry_id
from entry_log
where
    kind = 'edited'
    and (latest_at >= :since or latest_at is null)
    and coalesce(headline_before, '') <> coalesce(headline_after, '')
order by latest_at desc, event_id asc
limit 1000
