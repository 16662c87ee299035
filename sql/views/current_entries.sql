-- Posts as they stand now, with their newest wording and all that is known of their times. Deleted ones are left out.
-- A copy that lost its clocks shows the times that it inherits from its original, and the link that proves it;
-- fct_entries keeps what the copy itself says.
-- The position is that on the document's newest page; it is null for what stands on a page further back.
-- Grain: one row per entry that is not deleted.
select
    entries.entry_id,
    entries.document_id,
    documents.kind as document_kind,
    documents.title as document_title,
    documents.url as document_url,
    carriers.name as carrier,
    origins.name as origin,
    entries.anchor,
    (
        select min(sightings.position)
        from fct_sightings as sightings
        where
            sightings.edition_id = documents.last_edition_id
            and sightings.entry_id = entries.entry_id
    ) as position,
    wordings.headline,
    wordings.body,
    wordings.author,
    wordings.word_count,
    case when inherited.entry_id is null then entries.published_at else inherited.published_at end
        as published_at,
    case when inherited.entry_id is null then entries.published_earliest else inherited.published_earliest end
        as published_earliest,
    case when inherited.entry_id is null then entries.published_latest else inherited.published_latest end
        as published_latest,
    case when inherited.entry_id is null then entries.published_precision else inherited.published_precision end
        as published_precision,
    case when inherited.entry_id is null then entries.published_basis else 'aligned-copy' end
        as published_basis,
    case when inherited.entry_id is null then entries.published_stated else inherited.published_stated end
        as published_stated,
    entries.modified_at,
    coalesce(entries.shown_at, inherited.shown_at) as shown_at,
    inherited.original_entry_id as inherited_from_entry_id,
    inherited.link_id as inherited_by_link_id,
    entries.is_time_collapsed,
    entries.is_pinned,
    entries.is_key_event,
    entries.is_summary,
    entries.versions,
    entries.version_id,
    entries.wording_id,
    entries.first_seen_at,
    case when entries.last_snapshot_id is null then documents.last_seen_at else entries.last_seen_at end
        as last_seen_at,
    entries.missing_since_at
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
inner join dim_wordings as wordings on entries.wording_id = wordings.wording_id
left join fct_inheritances as inherited
    on
        entries.entry_id = inherited.entry_id
        and entries.wording_id = inherited.wording_id
        and inherited.published_precision is not null
        and entries.published_precision not in ('second', 'minute')
left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
left join dim_publishers as origins on documents.origin_id = origins.publisher_id
where not entries.is_deleted
