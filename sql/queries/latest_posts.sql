-- What was published last, over all carriers?
select
    published_at,
    published_precision,
    carrier,
    document_title,
    headline,
    body
from current_entries
where published_at is not null
order by published_at desc, entry_id asc
limit 50
