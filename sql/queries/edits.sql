-- sqlfluff:dialect:sqlite
-- What did each edit change, and how long after publication?
-- Given: since = P14D
select
    latest_at as seen_at,
    claimed_at,
    carrier,
    document_title,
    unixepoch(latest_at) - unixepoch(published_at) as seconds_after_publication,
    headline_before,
    headline_after,
    body_before,
    body_after
from entry_log
where
    kind = 'edited'
    and (latest_at >= :since or latest_at is null)
order by latest_at desc, event_id asc
limit 1000
