-- Which posts are missing from a page that should show them, without proof yet that they are gone?
select
    carrier,
    document_title,
    headline,
    body,
    published_at,
    last_seen_at,
    missing_since_at
from current_entries
where missing_since_at is not null
order by missing_since_at desc, entry_id asc
