-- sqlfluff:dialect:postgres
-- Which texts were carried by most others, and how whole did they arrive?
-- Given: since = P14D
select
    origin_title,
    origin_carrier,
    published_at,
    copies,
    carriers,
    whole_copies,
    round(cast(best_completeness as numeric), 3) as best_completeness
from copies_per_origin
where
    origin_document_id = any(array(
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    ))
order by copies desc, origin_document_id asc
limit 50
