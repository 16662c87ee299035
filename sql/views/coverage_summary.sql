-- How each live blog was covered: how many posts, how fast, by how many authors, with which longest silence.
-- Times are the posts' own, where they are known to the minute or better.
-- Grain: one row per live blog.
with timed as (
    select
        document_id,
        published_at,
        lag(published_at) over (partition by document_id order by published_at, entry_id) as previous_at
    from fct_entries
    where
        published_precision in ('second', 'minute')
        and not is_deleted
),

pace as (
    select
        document_id,
        count(*) as timed_entries,
        min(published_at) as first_entry_at,
        max(published_at) as last_entry_at,
        max(unixepoch(published_at) - unixepoch(previous_at)) as longest_gap_seconds
    from timed
    group by document_id
),

writing as (
    select
        entries.document_id,
        count(*) as entries,
        count(distinct wordings.author) as authors,
        sum(wordings.word_count) as words,
        count(*) filter (where entries.is_key_event) as key_events,
        count(*) filter (where entries.is_deleted) as deleted_entries,
        count(*) filter (where entries.versions > 1) as edited_entries
    from fct_entries as entries
    inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
    group by entries.document_id
)

select
    documents.document_id,
    documents.title,
    carriers.name as carrier,
    writing.entries,
    pace.timed_entries,
    writing.edited_entries,
    writing.deleted_entries,
    writing.key_events,
    writing.authors,
    writing.words,
    pace.first_entry_at,
    pace.last_entry_at,
    unixepoch(pace.last_entry_at) - unixepoch(pace.first_entry_at) as span_seconds,
    case
        when unixepoch(pace.last_entry_at) > unixepoch(pace.first_entry_at)
            then
                round(
                    cast(
                        3600.0 * pace.timed_entries
                        / (unixepoch(pace.last_entry_at) - unixepoch(pace.first_entry_at)) as numeric
                    ), 2
                )
    end as entries_per_hour,
    pace.longest_gap_seconds,
    documents.first_seen_at,
    documents.last_seen_at
from dim_documents as documents
inner join writing on documents.document_id = writing.document_id
left join pace on documents.document_id = pace.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
where documents.kind = 'live_blog'
