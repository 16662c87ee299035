-- sqlfluff:dialect:sqlite
-- Of each story that several carriers ran, who had it first, by their own clocks, and is that proved?
-- Given: since = P14D
with stories as (
    select distinct copies.story_id
    from fct_story_copies as copies
    where
        copies.document_id in (
            select recent.document_id
            from dim_documents as recent
            where
                recent.last_seen_at >= :since
                or recent.last_seen_at is null
        )
),

members as (
    select
        stories.story_id,
        documents.document_id,
        documents.carrier_id,
        documents.title,
        documents.published_at,
        documents.published_earliest,
        documents.published_latest,
        documents.published_precision,
        count(*) over by_claim as documents,
        row_number() over (
            partition by stories.story_id
            order by
                case when documents.published_latest is null then 1 else 0 end asc,
                documents.published_latest asc,
                documents.document_id asc
        ) as claim_rank
    from stories
    inner join fct_story_copies as copies on stories.story_id = copies.story_id
    inner join dim_documents as documents on copies.document_id = documents.document_id
    window by_claim as (partition by stories.story_id)
)

select
    firsts.story_id,
    carriers.name as carrier,
    firsts.title,
    firsts.published_at,
    firsts.published_precision,
    (
        select count(*)
        from fct_story_copies as copies
        inner join dim_documents as rivals on copies.document_id = rivals.document_id
        where
            copies.story_id = firsts.story_id
            and rivals.document_id <> firsts.document_id
            and rivals.published_earliest > firsts.published_latest
    ) = firsts.documents - 1 as is_proven_first,
    firsts.documents
from members as firsts
left join dim_publishers as carriers on firsts.carrier_id = carriers.publisher_id
where firsts.claim_rank = 1
order by firsts.published_at asc, firsts.story_id asc
limit 1000
