-- sqlfluff:dialect:sqlite
-- How many posts did each live blog publish in each hour (UTC)?
-- Given: since = P14D
select
    strftime('%Y-%m-%dT%H:00', published_at) as published_hour,
    document_title,
    carrier,
    count(*) as posts,
    count(*) filter (where is_key_event) as key_events
from current_entries
where
    document_kind = 'live_blog'
    and published_precision in ('second', 'minute', 'hour')
    and document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by strftime('%Y-%m-%dT%H:00', published_at), document_id, document_title, carrier
order by published_hour, document_title, carrier
