-- sqlfluff:dialect:sqlite
-- What is quoted into posts: pictures, films, messages from which hosts, and in how many posts?
with quoted as (
    select
        wordings.wording_id,
        json_extract(quotes.value, '$.kind') as kind,
        json_extract(quotes.value, '$.url') as url
    from dim_wordings as wordings, json_each(wordings.embeds) as quotes
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
    substr(place, 1, instr(place, '/') - 1) as host,
    count(distinct entry_id) as posts
from placed
group by kind, substr(place, 1, instr(place, '/') - 1)
order by posts desc, kind asc, host asc
