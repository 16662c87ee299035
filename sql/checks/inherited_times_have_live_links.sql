-- Every stretch of a copy that was found in an original rests on a link between the two that no person has refuted.
select
    alignments.copy_entry_id,
    alignments.original_entry_id,
    alignments.link_id
from fct_alignments as alignments
left join fct_syndications as links on alignments.link_id = links.link_id
left join fct_entries as copies on alignments.copy_entry_id = copies.entry_id
left join fct_entries as originals on alignments.original_entry_id = originals.entry_id
where
    links.link_id is null
    or links.is_refuted
    or links.level <> 'document'
    or copies.document_id is null
    or copies.document_id <> alignments.copy_document_id
    or originals.document_id is null
    or originals.document_id <> alignments.original_document_id
    or alignments.copy_document_id not in (links.copy_document_id, links.origin_document_id)
    or alignments.original_document_id not in (links.copy_document_id, links.origin_document_id)
