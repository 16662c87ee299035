-- sqlfluff:dialect:postgres
-- Which posts say all of these words, the newest first?
-- At size: 8 to 15 s for words that 400,000 posts hold: every match is looked at before the newest are kept.
-- Given: words = tide gates
with found as (
    select
        entries.entry_id,
        entries.document_id,
        entries.wording_id,
        entries.published_at,
        entries.published_precision,
        entries.is_deleted
    from dim_wordings as wordings
    inner join fct_entries as entries on wordings.wording_id = entries.wording_id
    where search_words(wordings.headline, wordings.body) @@ plainto_tsquery('simple', :words)
    order by entries.published_at desc nulls last, entries.entry_id asc
    limit 200
)

select
    found.published_at,
    found.published_precision,
    carriers.name as carrier,
    documents.title as document_title,
    wordings.headline,
    wordings.body,
    found.is_deleted,
    found.entry_id
from found
inner join dim_wordings as wordings on found.wording_id = wordings.wording_id
inner join dim_documents as documents on found.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
order by found.published_at desc nulls last, found.entry_id asc
