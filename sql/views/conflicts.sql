-- Pages that contradict themselves: two statements that cannot both be true, and which one we went by.
-- Grain: one row per contradiction of one edition.
select
    conflicts.conflict_id,
    conflicts.document_id,
    documents.title as document_title,
    carriers.name as carrier,
    conflicts.about,
    conflicts.piece,
    conflicts.kept,
    conflicts.other,
    conflicts.why,
    conflicts.edition_id
from fct_conflicts as conflicts
inner join dim_documents as documents on conflicts.document_id = documents.document_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
