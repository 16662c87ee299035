-- sqlfluff:dialect:sqlite
-- Whose validators say "same" over a changed page, or "changed" over the same one, and how often?
-- Given: since = P14D
select
    sources.source_id,
    count(*) as requests,
    count(*) filter (where fetches.is_conditional) as conditional_requests,
    count(*) filter (where fetches.verdict = 'lied-same') as changes_denied,
    count(*) filter (where fetches.verdict = 'lied-changed') as changes_made_up,
    max(fetches.started_at) filter (where fetches.verdict in ('lied-same', 'lied-changed')) as last_lied_at
from dim_sources as sources
inner join fct_fetches as fetches
    on
        sources.source_id = fetches.source_id
        and fetches.started_at >= :since
group by sources.source_id
having count(*) filter (where fetches.verdict in ('lied-same', 'lied-changed')) > 0
order by changes_denied desc, changes_made_up desc, sources.source_id asc
