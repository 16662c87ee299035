-- sqlfluff:dialect:sqlite
-- What was published last, over all carriers?
-- Given: since = P14D
select
    published_at,
    published_precision,
    carrier,
    document_title,
    headline,
    body
from current_entries
where
    published_at is not null
    and document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by published_at desc, entry_id asc
limit 50
