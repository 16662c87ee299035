-- Which live blogs were followed, how long, how fast and how thoroughly?
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
from coverage_summary
order by entries desc, document_id asc
