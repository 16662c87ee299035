-- sqlfluff:dialect:sqlite
-- How long after the original does each carrier publish its copies, in hours?
-- Given: since = P14D
select
    coalesce(carriers.name, 'unknown') as carrier,
    count(*) as copies,
    count(links.days_apart) as copies_with_times,
    round(cast(min(links.days_apart) * 24 as numeric), 2) as least_hours,
    round(cast(avg(links.days_apart) * 24 as numeric), 2) as mean_hours,
    round(cast(max(links.days_apart) * 24 as numeric), 2) as most_hours
from syndications as links
inner join dim_documents as copies on links.copy_document_id = copies.document_id
left join dim_publishers as carriers on copies.carrier_id = carriers.publisher_id
where
    links.is_syndication
    and links.copy_document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by coalesce(carriers.name, 'unknown')
order by copies desc, carrier asc
