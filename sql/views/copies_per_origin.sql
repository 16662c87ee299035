-- For each text that others carried: how many copies, by how many carriers, how complete, and how late.
-- The lag is in hours between the claimed times, null where either is unknown; a copy that overlaps has none.
-- Cross join keeps the order: SQLite begins with the originals, which a period narrows.
-- Grain: one row per document that is the origin of a syndicated copy.
select
    links.origin_document_id,
    originals.title as origin_title,
    max(links.origin_name) as origin_name,
    carriers.name as origin_carrier,
    originals.published_at,
    originals.published_precision,
    originals.last_seen_at,
    count(*) as copies,
    count(distinct copies.carrier_id) as carriers,
    avg(links.share_of_origin) as average_completeness,
    max(links.share_of_origin) as best_completeness,
    sum(case when links.share_of_origin >= 0.9 then 1 else 0 end) as whole_copies,
    min(links.days_apart) * 24 as least_lag_hours,
    max(links.days_apart) * 24 as greatest_lag_hours,
    min(links.confidence) as least_confidence
from dim_documents as originals
cross join syndications as links
inner join dim_documents as copies on links.copy_document_id = copies.document_id
left join dim_publishers as carriers on originals.carrier_id = carriers.publisher_id
where
    links.origin_document_id = originals.document_id
    and links.is_syndication
group by
    links.origin_document_id,
    originals.title,
    carriers.name,
    originals.published_at,
    originals.published_precision,
    originals.last_seen_at
