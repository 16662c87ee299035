-- sqlfluff:dialect:sqlite
-- Which live blogs were followed, how long, how fast and how thoroughly?
-- At size: 1.2 to 1.8 s on SQLite: for each post of a fortnight the one before is sought.
-- Given: since = P14D
with followed as (
    select *
    from coverage_summary
    where last_seen_at >= :since
    union all
    select *
    from coverage_summary
    where last_seen_at is null
)

select
    title,
    carrier,
    entries,
    entries_per_hour,
    edited_entries,
    deleted_entries,
    authors,
    words,
    first_entry_at,
    last_entry_at,
    longest_gap_seconds
from followed
order by entries desc, document_id asc
limit 1000
