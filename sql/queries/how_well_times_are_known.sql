-- sqlfluff:dialect:sqlite
-- How finely, and on what evidence, are the times of posts known?
-- Given: since = P14D
with judged as (
    select
        coalesce(inherited.published_precision, entries.published_precision) as time_precision,
        case
            when inherited.entry_id is null then coalesce(entries.published_basis, 'none')
            else 'aligned-copy'
        end as basis
    from fct_entries as entries
    left join fct_inheritances as inherited
        on
            entries.entry_id = inherited.entry_id
            and entries.wording_id = inherited.wording_id
            and inherited.published_precision is not null
            and entries.published_precision not in ('second', 'minute')
    where
        entries.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
)

select
    time_precision,
    basis,
    count(*) as entries,
    round(cast(1.0 * count(*) / sum(count(*)) over () as numeric), 4) as share
from judged
group by time_precision, basis
order by entries desc, time_precision asc, basis asc
