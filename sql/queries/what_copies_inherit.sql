-- What did each post of a copy inherit from its original, and on what evidence?
select
    carrier,
    document_title,
    published_at,
    published_basis,
    own_published_precision,
    headline,
    body,
    anchor,
    original_title,
    share_of_copy,
    link_id
from aligned_entries
order by document_id asc, place asc, starts_at asc, entry_id asc, link_id asc
