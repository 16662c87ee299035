-- Who reported a story first, among the documents that carry one text, and how well the time is known. Proven first
-- means that its latest possible time lies before the earliest possible time of every other carrier of the story.
-- Grain: one row per document of a story, the earliest claim first by rank.
with members as (
    select
        stories.story_id,
        documents.document_id,
        documents.title,
        carriers.name as carrier,
        documents.published_at,
        documents.published_earliest,
        documents.published_latest,
        documents.published_precision,
        documents.published_basis,
        documents.first_seen_at
    from fct_story_copies as stories
    inner join dim_documents as documents on stories.document_id = documents.document_id
    left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
)

select
    members.story_id,
    members.document_id,
    members.title,
    members.carrier,
    members.published_at,
    members.published_earliest,
    members.published_latest,
    members.published_precision,
    members.published_basis,
    members.first_seen_at,
    row_number() over (
        partition by members.story_id
        order by
            case when members.published_latest is null then 1 else 0 end asc,
            members.published_latest asc,
            members.document_id asc
    ) as claim_rank,
    members.published_latest is not null and not exists (
        select 1
        from fct_story_copies as copies
        inner join dim_documents as others on copies.document_id = others.document_id
        where
            copies.story_id = members.story_id
            and others.document_id <> members.document_id
            and (others.published_earliest is null or others.published_earliest <= members.published_latest)
    ) as is_proven_first
from members
