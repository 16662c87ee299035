-- sqlfluff:dialect:sqlite
-- Which documents have posts whose time is not known to the minute, and how many?
-- Given: since = P14D
select
    coalesce(carriers.name, 'unknown') as carrier,
    documents.kind,
    documents.title,
    documents.url,
    count(*) as posts,
    count(*) filter (where entries.published_precision not in ('second', 'minute')) as vague_posts,
    count(*) filter (where entries.published_precision = 'unknown') as undated_posts
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by coalesce(carriers.name, 'unknown'), documents.kind, documents.title, documents.url, documents.document_id
having count(*) filter (where entries.published_precision not in ('second', 'minute')) > 0
order by vague_posts desc, documents.document_id asc
limit 1000
