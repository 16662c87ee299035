-- Of each story that several carriers ran, who had it first, by their own clocks, and is that proved?
select
    firsts.story_id,
    firsts.carrier,
    firsts.title,
    firsts.published_at,
    firsts.published_precision,
    firsts.is_proven_first,
    (
        select count(*)
        from fct_story_copies as copies
        where copies.story_id = firsts.story_id
    ) as documents
from first_reports as firsts
where firsts.claim_rank = 1
order by firsts.published_at asc, firsts.story_id asc
