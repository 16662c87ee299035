-- sqlfluff:dialect:postgres
-- What did each post of a copy inherit from its original, and on what evidence?
-- Given: since = P14D
select
    carrier,
    document_title,
    published_at,
    published_basis,
    own_published_precision,
    headline,
    body,
    anchor,
    original_title,
    share_of_copy,
    link_id
from aligned_entries
where
    document_id = any(array(
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    ))
order by document_id asc, place asc, starts_at asc, entry_id asc, link_id asc
limit 1000
