-- Copies and their origins: how much of each side is shared, how far apart they are, and why this side is the origin.
-- What a person has refuted is left out. At entry level the headlines are those of the two posts.
-- Grain: one row per pair of documents, or of entries, that share text.
select
    links.link_id,
    links.level,
    copies.document_id as copy_document_id,
    copies.title as copy_title,
    copy_carriers.name as copy_carrier,
    originals.document_id as origin_document_id,
    originals.title as origin_title,
    origin_carriers.name as origin_carrier,
    links.origin_name,
    links.copy_entry_id,
    links.origin_entry_id,
    links.shared,
    links.share_of_copy,
    links.share_of_origin,
    links.longest_run,
    links.sample,
    links.score,
    links.is_same_carrier,
    links.days_apart,
    links.copy_first_seen_at,
    links.origin_first_seen_at,
    links.confidence,
    links.reason
from fct_syndications as links
inner join dim_documents as copies on links.copy_document_id = copies.document_id
inner join dim_documents as originals on links.origin_document_id = originals.document_id
left join dim_publishers as copy_carriers on copies.carrier_id = copy_carriers.publisher_id
left join dim_publishers as origin_carriers on originals.carrier_id = origin_carriers.publisher_id
where not links.is_refuted
