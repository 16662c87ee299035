-- sqlfluff:dialect:sqlite
-- At which hours of the day (UTC) are most posts published?
-- Given: since = P14D
select
    strftime('%H', published_at) as published_hour,
    count(*) as posts,
    count(distinct document_id) as documents
from current_entries
where
    published_precision in ('second', 'minute', 'hour')
    and document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by strftime('%H', published_at)
order by published_hour
