-- sqlfluff:dialect:postgres
-- What is quoted into posts: pictures, films, messages from which hosts, and in how many posts?
-- Given: since = P14D
with quoting as (
    select
        entries.entry_id,
        wordings.embeds
    from fct_entries as entries
    inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
    where
        wordings.embeds <> '[]'
        and entries.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
),

quoted as (
    select
        quoting.entry_id,
        quotes.value ->> 'kind' as kind,
        quotes.value ->> 'url' as url
    from quoting, jsonb_array_elements(quoting.embeds) as quotes (value)
),

placed as (
    select
        entry_id,
        kind,
        case
            when url like 'http%://%' then replace(replace(url, 'https://', ''), 'http://', '') || '/'
        end as place
    from quoted
)

select
    kind,
    split_part(place, '/', 1) as host,
    count(distinct entry_id) as posts
from placed
group by kind, split_part(place, '/', 1)
order by posts desc, kind asc, host asc
