-- Entries of copies that inherit their time from an original. An entry that holds several of its posts, because the
-- copy lost where one ended, lies between the first and the last of them: bounded; aligned_entries has each.
-- An entry inherits only if at least half of it is the one post, or four fifths of it are the several.
-- Grain: one row per entry of a live blog's copy that has no exact time of its own and inherits one.
with lent as (
    select
        document_id,
        entry_id,
        count(*) as stretches,
        sum(case when published_basis = 'aligned-copy' then 1 else 0 end) as timed_stretches,
        count(distinct original_entry_id) as posts,
        sum(ends_at - starts_at) as characters,
        min(published_at) as first_at,
        min(published_earliest) as first_earliest,
        max(published_latest) as last_latest,
        min(published_precision) as precision_there,
        min(published_stated) as first_stated,
        min(shown_at) as first_shown_at,
        min(original_document_id) as original_document_id,
        min(original_entry_id) as first_original_entry_id,
        min(link_id) as link_id,
        min(share_of_copy) as share_of_copy
    from aligned_entries
    where own_published_precision not in ('second', 'minute')
    group by document_id, entry_id
)

select
    lent.entry_id,
    lent.document_id,
    lent.posts,
    case when lent.posts = 1 then lent.first_at end as published_at,
    lent.first_earliest as published_earliest,
    lent.last_latest as published_latest,
    case when lent.posts = 1 then lent.precision_there else 'bounded' end as published_precision,
    'aligned-copy' as published_basis,
    case when lent.posts = 1 then lent.first_stated end as published_stated,
    case when lent.posts = 1 then lent.first_shown_at end as shown_at,
    lent.original_document_id,
    case when lent.posts = 1 then lent.first_original_entry_id end as original_entry_id,
    lent.link_id,
    lent.share_of_copy
from lent
inner join dim_documents as documents on lent.document_id = documents.document_id
inner join fct_entries as entries on lent.entry_id = entries.entry_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
where
    documents.kind = 'live_blog'
    and lent.timed_stretches = lent.stretches
    and lent.characters >= case when lent.posts = 1 then 0.5 else 0.8 end
    * (length(wordings.body) + length(coalesce(wordings.headline, '')))
