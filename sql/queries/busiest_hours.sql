-- At which hours of the day (UTC) are most posts published?
select
    strftime('%H', published_at) as published_hour,
    count(*) as posts,
    count(distinct document_id) as documents
from current_entries
where published_precision in ('second', 'minute', 'hour')
group by strftime('%H', published_at)
order by published_hour
