-- sqlfluff:dialect:sqlite
-- Which posts claim a time at which the page, as captured later, did not show them yet?
-- At size: .8 to 1.8 s on SQLite: the 80,000 posts of a fortnight are looked up one by one.
-- Given: since = P14D
select
    log.carrier,
    log.document_title,
    log.headline_after as headline,
    log.claimed_at,
    log.earliest_at as still_absent_at,
    log.latest_at as first_seen_at,
    unixepoch(log.earliest_at) - unixepoch(log.claimed_at) as least_seconds_late,
    log.entry_id
from entry_log as log
inner join fct_entries as entries on log.entry_id = entries.entry_id
where
    log.kind = 'posted'
    and (log.latest_at >= :since or log.latest_at is null)
    and entries.published_precision in ('second', 'minute')
    and unixepoch(log.claimed_at) + 60 <= unixepoch(log.earliest_at)
order by least_seconds_late desc, log.entry_id asc
limit 1000
