-- sqlfluff:dialect:sqlite
-- How many posts did each carrier publish on each day (UTC), and how many words?
-- Given: since = P14D
select
    strftime('%Y-%m-%d', entries.published_at) as published_day,
    coalesce(carriers.name, 'unknown') as carrier,
    count(*) as posts,
    count(distinct entries.document_id) as documents,
    sum(wordings.word_count) as words
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    not entries.is_deleted
    and entries.published_at is not null
    and entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by strftime('%Y-%m-%d', entries.published_at), coalesce(carriers.name, 'unknown')
order by published_day, carrier
