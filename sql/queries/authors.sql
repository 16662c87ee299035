-- sqlfluff:dialect:sqlite
-- Who signed most posts, for whom, and how long are they on average?
-- Given: since = P14D
select
    wordings.author,
    carriers.name as carrier,
    count(*) as posts,
    count(distinct entries.document_id) as documents,
    round(cast(avg(wordings.word_count) as numeric), 1) as mean_words
from fct_entries as entries
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
inner join dim_documents as documents on entries.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    wordings.author is not null
    and not entries.is_deleted
    and entries.document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by wordings.author, carriers.name
order by posts desc, wordings.author asc, carriers.name asc
