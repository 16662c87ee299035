-- sqlfluff:dialect:sqlite
-- How long after a post's own time did we first see it, by carrier?
-- Given: since = P14D
with lags as (
    select
        carriers.name as carrier,
        unixepoch(entries.first_seen_at) - unixepoch(entries.published_at) as seconds
    from fct_entries as entries
    inner join dim_documents as documents on entries.document_id = documents.document_id
    left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
    where
        entries.published_precision in ('second', 'minute')
        and entries.published_at >= :since
        and entries.first_seen_at is not null
        and not entries.is_deleted
        and entries.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
)

select
    carrier,
    count(*) as posts,
    min(seconds) as shortest_seconds,
    round(cast(avg(seconds) as numeric), 0) as mean_seconds,
    max(seconds) as longest_seconds
from lags
group by carrier
order by posts desc, carrier asc
