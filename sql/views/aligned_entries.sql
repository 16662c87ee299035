-- Posts of copies as their originals show them: the stretch of the copy that is the post, the id, headline and time
-- that the original gives it, the evidence, and beside it what the copy itself says. A time is inherited only where
-- the copy has no exact one, the original has, and it contradicts neither the copy's bounds nor when we first saw it.
-- Which of several originals lends is as fct_inheritances says: the best one at the last matching. A refuted link
-- lends nothing, and neither does one that holds less than half of the smaller side.
-- The steps are nested, not named: PostgreSQL does not look into a view that begins with "with", and so would work
-- all of it out whatever is asked.
-- Grain: one row per stretch of a copy's entry that is one post of its original.
select
    chosen.copy_document_id as document_id,
    documents.title as document_title,
    carriers.name as carrier,
    chosen.copy_entry_id as entry_id,
    chosen.place,
    chosen.starts_at,
    chosen.ends_at,
    coalesce(chosen.own_anchor, chosen.lent_anchor) as anchor,
    case
        when chosen.starts_at = 0 and wordings.headline is not null then wordings.headline
        else original_wordings.headline
    end as headline,
    substr(
        case
            when coalesce(wordings.headline, '') = '' then wordings.body
            else wordings.headline || '
' || wordings.body
        end,
        cast(chosen.body_starts_at + 1 as integer),
        cast(chosen.ends_at - chosen.body_starts_at as integer)
    ) as body,
    case when chosen.inherits_time then chosen.lent_at else chosen.own_at end as published_at,
    case when chosen.inherits_time then chosen.lent_earliest else chosen.own_earliest end as published_earliest,
    case when chosen.inherits_time then chosen.lent_latest else chosen.own_latest end as published_latest,
    case when chosen.inherits_time then chosen.lent_precision else chosen.own_precision end as published_precision,
    case when chosen.inherits_time then 'aligned-copy' else chosen.own_basis end as published_basis,
    case when chosen.inherits_time then chosen.lent_stated else chosen.own_stated end as published_stated,
    case when chosen.lends_time = 1 then chosen.lent_shown_at end as shown_at,
    chosen.lent_at as original_published_at,
    chosen.own_at as own_published_at,
    chosen.own_earliest as own_published_earliest,
    chosen.own_latest as own_published_latest,
    chosen.own_precision as own_published_precision,
    chosen.own_basis as own_published_basis,
    chosen.original_document_id,
    original_documents.title as original_title,
    chosen.original_entry_id,
    chosen.link_id,
    chosen.shared_words,
    chosen.share_of_copy,
    chosen.share_of_original,
    chosen.sample
from (
    select
        candidates.*,
        candidates.lends_time = 1 and not candidates.is_own_exact as inherits_time
    from (
        select
            alignments.*,
            links.shared,
            links.sample,
            copies.anchor as own_anchor,
            copies.published_at as own_at,
            copies.published_earliest as own_earliest,
            copies.published_latest as own_latest,
            copies.published_precision as own_precision,
            copies.published_basis as own_basis,
            copies.published_stated as own_stated,
            copies.published_precision in ('second', 'minute') as is_own_exact,
            originals.anchor as lent_anchor,
            originals.wording_id as original_wording_id,
            originals.published_at as lent_at,
            originals.published_earliest as lent_earliest,
            originals.published_latest as lent_latest,
            originals.published_precision as lent_precision,
            originals.published_stated as lent_stated,
            originals.shown_at as lent_shown_at,
            case
                when originals.published_precision in ('second', 'minute') and not originals.is_time_collapsed then 1
                else 0
            end as lends_time,
            case when originals.anchor is null then 0 else 1 end as lends_anchor
        from fct_inheritances as lenders
        inner join fct_alignments as alignments
            on
                lenders.entry_id = alignments.copy_entry_id
                and lenders.link_id = alignments.link_id
        inner join fct_syndications as links on alignments.link_id = links.link_id
        inner join fct_entries as copies
            on
                alignments.copy_entry_id = copies.entry_id
                and alignments.copy_wording_id = copies.wording_id
        inner join fct_entries as originals on alignments.original_entry_id = originals.entry_id
        where
            links.score >= 0.5
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
    ) as candidates
) as chosen
inner join dim_documents as documents on chosen.copy_document_id = documents.document_id
inner join dim_documents as original_documents on chosen.original_document_id = original_documents.document_id
inner join dim_wordings as wordings on chosen.copy_wording_id = wordings.wording_id
inner join dim_wordings as original_wordings on chosen.original_wording_id = original_wordings.wording_id
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
