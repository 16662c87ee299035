-- Entries of copies that inherit their time from an original, as of the last matching. An entry that holds several of
-- its posts, because the copy lost where one ended, lies between the first and the last of them: bounded;
-- aligned_entries has each.
-- Grain: one row per entry of a live blog's copy that has no exact time of its own and inherits one.
select
    inherited.entry_id,
    inherited.document_id,
    inherited.posts,
    inherited.published_at,
    inherited.published_earliest,
    inherited.published_latest,
    inherited.published_precision,
    'aligned-copy' as published_basis,
    inherited.published_stated,
    inherited.shown_at,
    inherited.original_document_id,
    inherited.original_entry_id,
    inherited.link_id,
    inherited.share_of_copy
from fct_inheritances as inherited
inner join fct_entries as entries
    on
        inherited.entry_id = entries.entry_id
        and inherited.wording_id = entries.wording_id
where
    inherited.published_precision is not null
    and entries.published_precision not in ('second', 'minute')
    and not entries.is_deleted
