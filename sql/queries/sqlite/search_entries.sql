-- sqlfluff:dialect:sqlite
-- Which posts say all of these words, the newest first?
-- Given: words = tide gates
select
    published_at,
    published_precision,
    carrier,
    document_title,
    headline,
    body,
    is_deleted,
    entry_id
from entry_search
where words match '"' || replace(replace(trim(:words), '"', ''), ' ', '" "') || '"'
order by published_at desc nulls last, entry_id asc
limit 200
