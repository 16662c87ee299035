-- sqlfluff:dialect:sqlite
-- Which edits did the publisher make without saying so (no modified time of their own)?
-- Given: since = P14D
select
    carrier,
    document_title,
    entry_id,
    earliest_at,
    latest_at,
    length(body_after) - length(body_before) as characters_more
from entry_log
where
    kind = 'edited'
    and (latest_at >= :since or latest_at is null)
    and claimed_at is null
order by latest_at desc, event_id asc
limit 1000
