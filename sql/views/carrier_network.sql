-- Who carries whose text: syndicated copies by carrier and origin, with how complete and how sure they are.
-- Grain: one row per carrier and origin that share at least one syndicated copy.
select
    coalesce(copy_carriers.name, 'unknown') as carrier,
    coalesce(links.origin_name, origin_carriers.name, 'unknown') as origin,
    count(*) as copies,
    avg(links.share_of_origin) as average_completeness,
    avg(links.confidence) as average_confidence,
    min(copies.published_at) as first_copy_at,
    max(copies.published_at) as last_copy_at
from syndications as links
inner join dim_documents as copies on links.copy_document_id = copies.document_id
inner join dim_documents as originals on links.origin_document_id = originals.document_id
left join dim_publishers as copy_carriers on copies.carrier_id = copy_carriers.publisher_id
left join dim_publishers as origin_carriers on originals.carrier_id = origin_carriers.publisher_id
where links.is_syndication
group by
    coalesce(copy_carriers.name, 'unknown'),
    coalesce(links.origin_name, origin_carriers.name, 'unknown')
