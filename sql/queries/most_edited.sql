-- sqlfluff:dialect:sqlite
-- Which posts were rewritten most often, and over how long a time?
-- Given: since = P14D
select
    document_title,
    entry_id,
    versions,
    min(first_seen_at) as first_version_seen_at,
    max(first_seen_at) as last_version_seen_at,
    unixepoch(max(first_seen_at)) - unixepoch(min(first_seen_at)) as rewritten_over_seconds
from entry_versions
where
    versions > 1
    and document_id in (
        select recent.document_id
        from dim_documents as recent
        where
            recent.last_seen_at >= :since
            or recent.last_seen_at is null
    )
group by document_title, entry_id, versions
order by versions desc, rewritten_over_seconds desc, entry_id asc
limit 50
