-- No more than half of a live blog's posts are missing without proof that they are gone: its page may be broken.
with standing as (
    select
        document_id,
        count(*) as entries,
        count(*) filter (where missing_since_at is not null) as missing
    from fct_entries
    where not is_deleted
    group by document_id
)

select
    documents.document_id,
    documents.title,
    standing.entries,
    standing.missing
from standing
inner join dim_documents as documents on standing.document_id = documents.document_id
where
    standing.missing >= 4
    and 2 * standing.missing > standing.entries
