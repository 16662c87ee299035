-- sqlfluff:dialect:sqlite
-- By its own evidence, who wrote each document that a carrier took over?
-- Given: since = P14D
select
    carrier,
    origin,
    title,
    kind,
    published_at,
    published_precision,
    origin_reason,
    origin_confidence
from documents
where
    origin is not null
    and origin <> coalesce(carrier, '')
    and (last_seen_at >= :since or last_seen_at is null)
order by carrier asc, published_at desc, document_id asc
limit 1000
