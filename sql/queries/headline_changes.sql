-- Which posts were given another headline, from what to what?
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
    and coalesce(headline_before, '') <> coalesce(headline_after, '')
order by latest_at desc, event_id asc
