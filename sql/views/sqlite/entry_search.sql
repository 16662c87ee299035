-- sqlfluff:dialect:sqlite
-- Posts in their newest wording, to be searched by their words; deleted ones too, and said to be so.
-- Search with: where words match 'tide gates' (every word; "in quotes" a phrase; or, not, near, begin*).
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
    wording_search.wording_search as words
from wording_search
inner join search_keys as keys on wording_search.rowid = keys.search_id
inner join dim_wordings as wordings on keys.wording_id = wordings.wording_id
inner join fct_entries as entries on wordings.wording_id = entries.wording_id
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
