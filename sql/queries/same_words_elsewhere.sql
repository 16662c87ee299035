-- sqlfluff:dialect:sqlite
-- Which posts stand word for word in more than one document?
-- Given: since = P14D
with spread as (
    select
        wording_id,
        count(distinct document_id) as documents,
        min(published_at) as first_published_at
    from fct_entries
    where
        document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
    group by wording_id
    having count(distinct document_id) > 1
)

select
    spread.documents,
    spread.first_published_at,
    wordings.word_count,
    wordings.headline,
    wordings.body,
    spread.wording_id
from spread
inner join dim_wordings as wordings on spread.wording_id = wordings.wording_id
order by spread.documents desc, wordings.word_count desc, spread.wording_id asc
limit 100
