-- Syndicated copies whose origin is less sure than 0.6 and that no person has judged: the work list for review.
-- Grain: one row per link that waits for a person.
select
    links.link_id,
    links.copy_document_id,
    copies.title as copy_title,
    links.origin_document_id,
    originals.title as origin_title,
    links.relation,
    links.share_of_copy,
    links.share_of_origin,
    links.sample,
    links.reason,
    links.confidence
from syndications as links
inner join dim_documents as copies on links.copy_document_id = copies.document_id
inner join dim_documents as originals on links.origin_document_id = originals.document_id
left join fct_verdicts as verdicts on links.link_id = verdicts.link_id
where
    links.is_syndication
    and links.confidence < 0.6
    and verdicts.link_id is null
