-- sqlfluff:dialect:sqlite
-- Which posts were given another time after they were published, and from when to when?
-- Given: since = P14D
select
    carrier,
    document_title,
    before_stated,
    after_stated,
    earliest_at,
    latest_at,
    headline_after,
    body_after
from entry_log
where
    kind = 're-dated'
    and (latest_at >= :since or latest_at is null)
order by latest_at desc, event_id asc
limit 1000
