-- By its own evidence, who wrote each document that a carrier took over?
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
order by carrier asc, published_at desc, document_id asc
