-- What did each post of a copy inherit from its original, and on what evidence?
select
    carrier,
    document_title,
    published_at,
    published_precision,
    published_basis,
    own_published_precision,
    headline,
    body,
    anchor,
    original_title,
    shared_words,
    share_of_copy,
    share_of_original,
    link_id
from aligned_entries
order by document_id asc, place asc, starts_at asc
