-- sqlfluff:dialect:sqlite
-- On what do pages contradict themselves, and which carriers most?
-- Given: since = P14D
select
    carrier,
    about,
    why,
    count(*) as contradictions,
    count(distinct document_id) as documents
from conflicts
where
    document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by carrier, about, why
order by contradictions desc, carrier asc, about asc, why asc
