-- sqlfluff:dialect:sqlite
-- What becomes of a text that others carry: whole copies, cut-offs, excerpts, and how complete are they?
-- Given: since = P14D
select
    relation,
    is_syndication,
    count(*) as copies,
    round(cast(avg(share_of_origin) as numeric), 3) as mean_share_of_origin,
    round(cast(avg(share_of_copy) as numeric), 3) as mean_share_of_copy
from syndications
where
    copy_document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by relation, is_syndication
order by copies desc, relation asc, is_syndication asc
