-- sqlfluff:dialect:sqlite
-- Which posts are gone, for how long were they up, and how do we know?
-- Given: since = P14D
select
    carrier,
    document_title,
    headline,
    body,
    published_at,
    last_seen_at,
    missing_since_at,
    seen_for_seconds,
    deleted_proof
from deletions
where
    document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by missing_since_at desc, entry_id asc
limit 1000
