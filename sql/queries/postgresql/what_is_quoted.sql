-- sqlfluff:dialect:postgres
-- What is quoted into posts: pictures, films, messages from which hosts, and in how many posts?
with quoted as (
    select
        wordings.wording_id,
        quotes.value ->> 'kind' as kind,
        quotes.value ->> 'url' as url
    from dim_wordings as wordings, jsonb_array_elements(wordings.embeds) as quotes (value)
    where wordings.embeds <> '[]'
),

placed as (
    select
        entries.entry_id,
        quoted.kind,
        case
            when quoted.url like 'http%://%' then replace(replace(quoted.url, 'https://', ''), 'http://', '') || '/'
        end as place
    from quoted
    inner join fct_entries as entries on quoted.wording_id = entries.wording_id
)

select
    kind,
    split_part(place, '/', 1) as host,
    count(distinct entry_id) as posts
from placed
group by kind, split_part(place, '/', 1)
order by posts desc, kind asc, host asc
