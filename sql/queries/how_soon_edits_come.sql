-- sqlfluff:dialect:sqlite
-- How soon after publication are posts edited: within minutes, hours or days?
-- Given: since = P14D
with edits as (
    select unixepoch(events.latest_at) - unixepoch(entries.published_at) as seconds
    from fct_entry_events as events
    inner join fct_entries as entries on events.entry_id = entries.entry_id
    where
        events.kind = 'edited'
        and events.latest_at >= :since
        and entries.published_precision in ('second', 'minute')
),

sorted_in as (
    select
        case
            when seconds < 600 then '1: within ten minutes'
            when seconds < 3600 then '2: within the hour'
            when seconds < 21600 then '3: within six hours'
            when seconds < 86400 then '4: within the day'
            else '5: later'
        end as seen
    from edits
)

select
    seen,
    count(*) as edits
from sorted_in
group by seen
order by seen
