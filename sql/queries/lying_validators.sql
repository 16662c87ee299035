-- Whose validators say "same" over a changed page, or "changed" over the same one, and how often?
select
    source_id,
    count(*) as requests,
    count(*) filter (where is_conditional) as conditional_requests,
    count(*) filter (where verdict = 'lied-same') as changes_denied,
    count(*) filter (where verdict = 'lied-changed') as changes_made_up,
    max(started_at) filter (where verdict in ('lied-same', 'lied-changed')) as last_lied_at
from fct_fetches
group by source_id
having count(*) filter (where verdict in ('lied-same', 'lied-changed')) > 0
order by changes_denied desc, changes_made_up desc, source_id asc
