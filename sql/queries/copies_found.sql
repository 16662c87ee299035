-- sqlfluff:dialect:sqlite
-- Which documents are copies, of what, by whom, and how sure are we?
-- Given: since = P14D
select
    copy_carrier,
    copy_title,
    origin_name,
    origin_carrier,
    origin_title,
    share_of_copy,
    share_of_origin,
    days_apart,
    confidence,
    reason
from copies
where
    level = 'document'
    and not is_same_carrier
    and copy_document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by share_of_copy desc, link_id asc
limit 1000
