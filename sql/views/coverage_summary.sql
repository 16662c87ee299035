-- How each live blog was covered: how many posts, how fast, by how many authors, with which longest silence.
-- Times are the posts' own, where they are known to the minute or better.
-- Cross join keeps the order: SQLite begins with the documents, which a period narrows.
-- The steps are nested, not named: PostgreSQL does not look into a view that begins with "with", and so would work
-- all of it out whatever is asked.
-- Grain: one row per live blog.
with paced as (
    select
        timed.document_id,
        timed.versions,
        timed.is_deleted,
        timed.is_key_event,
        timed.wording_id,
        timed.timed_at,
        unixepoch(timed.timed_at) - unixepoch((
            select max(befores.published_at)
            from fct_entries as befores
            where
                befores.document_id = timed.document_id
                and befores.published_at < timed.timed_at
                and befores.published_precision in ('second', 'minute')
                and not befores.is_deleted
        )) as gap_seconds
    from (
        select
            entries.*,
            case
                when
                    entries.published_precision in ('second', 'minute') and not entries.is_deleted
                    then entries.published_at
            end as timed_at
        from fct_entries as entries
    ) as timed
)

select
    documents.document_id,
    documents.title,
    carriers.name as carrier,
    count(*) as entries,
    count(paced.timed_at) as timed_entries,
    count(*) filter (where paced.versions > 1) as edited_entries,
    count(*) filter (where paced.is_deleted) as deleted_entries,
    count(*) filter (where paced.is_key_event) as key_events,
    count(distinct wordings.author) as authors,
    sum(wordings.word_count) as words,
    min(paced.timed_at) as first_entry_at,
    max(paced.timed_at) as last_entry_at,
    unixepoch(max(paced.timed_at)) - unixepoch(min(paced.timed_at)) as span_seconds,
    case
        when unixepoch(max(paced.timed_at)) > unixepoch(min(paced.timed_at))
            then
                round(
                    cast(
                        3600.0 * count(paced.timed_at)
                        / (unixepoch(max(paced.timed_at)) - unixepoch(min(paced.timed_at))) as numeric
                    ), 2
                )
    end as entries_per_hour,
    case when count(paced.timed_at) > 1 then coalesce(max(paced.gap_seconds), 0) end as longest_gap_seconds,
    documents.first_seen_at,
    documents.last_seen_at
from dim_documents as documents
cross join paced
inner join dim_wordings as wordings on paced.wording_id = wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where
    documents.document_id = paced.document_id
    and documents.kind = 'live_blog'
group by
    documents.document_id,
    documents.title,
    carriers.name,
    documents.first_seen_at,
    documents.last_seen_at
