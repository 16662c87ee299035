-- Which posts are gone, for how long were they up, and how do we know?
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
order by missing_since_at desc, entry_id asc
