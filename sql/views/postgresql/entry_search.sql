-- sqlfluff:dialect:postgres
-- Posts in their newest wording, to be searched by their words; deleted ones too, and said to be so.
-- Search with: where words @@ websearch_to_tsquery('simple', 'tide gates'): every word; "in quotes" a phrase; or, -not.
-- Grain: one row per entry.
select
    entries.entry_id,
    entries.document_id,
    documents.title as document_title,
    documents.url as document_url,
    carriers.name as carrier,
    wordings.headline,
    wordings.body,
    entries.published_at,
    entries.published_precision,
    entries.first_seen_at,
    entries.is_deleted,
    search_words(wordings.headline, wordings.body) as words
from dim_wordings as wordings
inner join fct_entries as entries on wordings.wording_id = entries.wording_id
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
