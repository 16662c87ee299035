-- sqlfluff:dialect:sqlite
-- What the entries of one copy take over from its originals, as fct_inheritances keeps it: matching writes it anew
-- whenever a link or an alignment of the copy changes. A time is inherited only where the copy has no exact one, the
-- original has, and it contradicts neither the copy's bounds nor when we first saw it. Of several originals that one
-- lends which has exact times, then ids of its own, then shares most text; a refuted link lends nothing, and neither
-- does one that holds less than half of the smaller side. An entry that holds several posts, because the copy lost
-- where one ended, lies between the first and the last of them: bounded. It takes over a time only if at least half of
-- it is the one post, or four fifths of it are the several.
-- The view aligned_entries judges each stretch by the same rules, as its documents stand at that moment.
-- Grain: one row per entry of the copy that an original lends to.
-- Given: document_id = the copy
with candidates as (
    select
        alignments.copy_entry_id,
        alignments.copy_document_id,
        alignments.copy_wording_id,
        alignments.original_document_id,
        alignments.original_entry_id,
        alignments.link_id,
        alignments.share_of_copy,
        alignments.ends_at - alignments.starts_at as characters,
        links.shared,
        originals.published_at,
        originals.published_earliest,
        originals.published_latest,
        originals.published_precision,
        originals.published_stated,
        originals.shown_at,
        case
            when originals.published_precision in ('second', 'minute') and not originals.is_time_collapsed then 1
            else 0
        end as lends_time,
        case when originals.anchor is null then 0 else 1 end as lends_anchor,
        case when copies.published_precision in ('second', 'minute') then 1 else 0 end as has_own_time
    from fct_alignments as alignments
    inner join fct_syndications as links on alignments.link_id = links.link_id
    inner join fct_entries as copies
        on
            alignments.copy_entry_id = copies.entry_id
            and alignments.copy_wording_id = copies.wording_id
    inner join fct_entries as originals on alignments.original_entry_id = originals.entry_id
    where
        alignments.copy_document_id = :document_id
        and links.score >= 0.5
        and not links.is_refuted
        and not copies.is_deleted
        and (
            originals.published_earliest is null
            or copies.first_seen_at is null
            or originals.published_earliest <= copies.first_seen_at
        )
        and (
            copies.published_precision in ('second', 'minute')
            or copies.published_latest is null
            or originals.published_earliest is null
            or originals.published_earliest <= copies.published_latest
        )
        and (
            copies.published_precision in ('second', 'minute')
            or copies.published_earliest is null
            or originals.published_latest is null
            or originals.published_latest >= copies.published_earliest
        )
),

lenders as (
    select
        copy_entry_id,
        link_id,
        row_number() over (
            partition by copy_entry_id
            order by max(lends_time) desc, max(lends_anchor) desc, max(shared) desc, link_id asc
        ) as preference
    from candidates
    group by copy_entry_id, link_id
),

lent as (
    select
        candidates.copy_entry_id as entry_id,
        candidates.copy_document_id as document_id,
        candidates.copy_wording_id as wording_id,
        candidates.link_id,
        candidates.original_document_id,
        count(distinct candidates.original_entry_id) as posts,
        sum(candidates.characters) as characters,
        min(candidates.lends_time) as lends_times,
        max(candidates.has_own_time) as has_own_time,
        min(candidates.original_entry_id) as original_entry_id,
        min(candidates.share_of_copy) as share_of_copy,
        min(candidates.published_at) as published_at,
        min(candidates.published_earliest) as published_earliest,
        max(candidates.published_latest) as published_latest,
        min(candidates.published_precision) as published_precision,
        min(candidates.published_stated) as published_stated,
        min(candidates.shown_at) as shown_at
    from candidates
    inner join lenders
        on
            candidates.copy_entry_id = lenders.copy_entry_id
            and candidates.link_id = lenders.link_id
            and lenders.preference = 1
    group by
        candidates.copy_entry_id,
        candidates.copy_document_id,
        candidates.copy_wording_id,
        candidates.link_id,
        candidates.original_document_id
),

judged as (
    select
        lent.*,
        documents.kind = 'live_blog'
        and lent.lends_times = 1
        and lent.has_own_time = 0
        and lent.characters >= case when lent.posts = 1 then 0.5 else 0.8 end
        * (length(wordings.body) + length(coalesce(wordings.headline, ''))) as inherits_time
    from lent
    inner join dim_documents as documents on lent.document_id = documents.document_id
    inner join dim_wordings as wordings on lent.wording_id = wordings.wording_id
)

select
    entry_id,
    document_id,
    wording_id,
    link_id,
    original_document_id,
    case when posts = 1 then original_entry_id end as original_entry_id,
    posts,
    share_of_copy,
    case when inherits_time and posts = 1 then published_at end as published_at,
    case when inherits_time then published_earliest end as published_earliest,
    case when inherits_time then published_latest end as published_latest,
    case
        when inherits_time and posts = 1 then published_precision
        when inherits_time then 'bounded'
    end as published_precision,
    case when inherits_time and posts = 1 then published_stated end as published_stated,
    case when inherits_time and posts = 1 then shown_at end as shown_at
from judged
