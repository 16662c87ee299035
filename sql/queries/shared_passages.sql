-- sqlfluff:dialect:sqlite
-- Which documents share passages, whoever carried them: how much of each, the longest run of words, and a sample?
-- Given: since = P14D
select
    copy_carrier,
    copy_title,
    origin_carrier,
    origin_title,
    origin_name,
    shared,
    share_of_copy,
    share_of_origin,
    longest_run,
    is_same_carrier,
    sample,
    confidence,
    reason
from copies
where
    level = 'document'
    and copy_document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
order by shared desc, link_id asc
limit 1000
