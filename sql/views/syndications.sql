-- What every link between two documents is called: how the copy relates to its origin, whether the two are only a
-- form filled in twice, and whether it is syndication at all: another carrier's copy, no template, not refuted.
-- The rules are those of dateline.syndication.relate, in the same order.
-- The steps are nested, not named: PostgreSQL does not look into a view that begins with "with", and so would work
-- all of it out whatever is asked.
-- Grain: one row per pair of documents that share text.
select
    link_id,
    copy_document_id,
    origin_document_id,
    relation,
    is_template,
    is_same_carrier,
    is_refuted,
    not is_template and not is_same_carrier and not is_refuted as is_syndication,
    shared,
    share_of_copy,
    share_of_origin,
    longest_run,
    sample,
    score,
    figures_agree,
    titles_agree,
    days_apart,
    recurs_on_days,
    origin_name,
    reason,
    confidence,
    copy_first_seen_at,
    origin_first_seen_at,
    print_version
from (
    select
        *,
        case
            when smaller_share >= 0.9 then 'whole copy'
            when share_of_copy >= 0.8 and share_of_origin < 0.8 and touches_live_blog = 1 then 'earlier cut-off'
            when share_of_copy >= 0.8 and share_of_origin < 0.8 then 'truncated'
            when share_of_origin >= 0.8 and share_of_copy < 0.3 then 'quotes whole'
            when share_of_origin >= 0.8 and share_of_copy < 0.8 and touches_live_blog = 1 then 'later cut-off'
            when share_of_origin >= 0.8 and share_of_copy < 0.8 then 'superset'
            when score >= 0.5 or smaller_share >= 0.3 then 'edited copy'
            else 'quotes'
        end as relation,
        case
            when words < 40 and (titles_agree < 0.5 or score < 0.8) then 1
            when words < 200 and figures_agree < 0.5 and smaller_share < 0.9 and longest_run < 60 then 1
            when words < 200 and figures_agree < 0.7 and smaller_share < 0.9 and longest_run < 30 then 1
            when recurs_on_days >= 2 and smaller_share < 0.95 and longest_run < 40 then 1
            when
                days_apart > 3 and longest_run < 100
                and not (score >= 0.8 and longest_run >= 40 and recurs_on_days = 0)
                then 1
            else 0
        end = 1 as is_template
    from (
        select
            *,
            case
                when copy_recurs_on_days > origin_recurs_on_days then copy_recurs_on_days
                else origin_recurs_on_days
            end as recurs_on_days
        from (
            select
                pairs.*,
                (
                    select count(distinct sides.other_day)
                    from (
                        select links.origin_day as other_day
                        from fct_syndications as links
                        where
                            links.copy_document_id = pairs.copy_document_id
                            and links.level = 'document'
                            and abs(links.copy_day - links.origin_day) >= 2
                        union all
                        select links.copy_day as other_day
                        from fct_syndications as links
                        where
                            links.origin_document_id = pairs.copy_document_id
                            and links.level = 'document'
                            and abs(links.copy_day - links.origin_day) >= 2
                    ) as sides
                ) as copy_recurs_on_days,
                (
                    select count(distinct sides.other_day)
                    from (
                        select links.origin_day as other_day
                        from fct_syndications as links
                        where
                            links.copy_document_id = pairs.origin_document_id
                            and links.level = 'document'
                            and abs(links.copy_day - links.origin_day) >= 2
                        union all
                        select links.copy_day as other_day
                        from fct_syndications as links
                        where
                            links.origin_document_id = pairs.origin_document_id
                            and links.level = 'document'
                            and abs(links.copy_day - links.origin_day) >= 2
                    ) as sides
                ) as origin_recurs_on_days
            from (
                select
                    links.*,
                    case
                        when links.share_of_copy < links.share_of_origin then links.share_of_copy else
                            links.share_of_origin
                    end
                        as smaller_share,
                    case when copies.kind = 'live_blog' or originals.kind = 'live_blog' then 1 else 0 end
                        as touches_live_blog
                from fct_syndications as links
                inner join dim_documents as copies on links.copy_document_id = copies.document_id
                inner join dim_documents as originals on links.origin_document_id = originals.document_id
                where links.level = 'document'
            ) as pairs
        ) as recurring
    ) as counted
) as named
