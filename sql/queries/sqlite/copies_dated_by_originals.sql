-- sqlfluff:dialect:sqlite
-- Which copies of live blogs got their times back from an original, and when were they taken, at the earliest?
-- At size: .4 s, and 3.7 s when first asked: 48,000 posts are fetched from all over.
-- Given: since = P14D
select
    aligned.carrier,
    aligned.document_title,
    aligned.original_title,
    count(distinct aligned.original_entry_id) as posts,
    count(distinct case when aligned.published_basis = 'aligned-copy' then aligned.original_entry_id end)
        as inherited_times,
    min(aligned.original_published_at) as first_post_at,
    max(aligned.original_published_at) as taken_after,
    min(documents.first_seen_at) as first_seen_at,
    round(cast(avg(aligned.share_of_copy) as numeric), 3) as share_of_copy
from aligned_entries as aligned
inner join dim_documents as documents on aligned.document_id = documents.document_id
where
    aligned.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by
    aligned.carrier,
    aligned.document_id,
    aligned.document_title,
    aligned.original_document_id,
    aligned.original_title
order by posts desc, aligned.document_id asc
limit 1000
