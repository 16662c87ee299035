-- sqlfluff:dialect:sqlite
-- In which live blogs was nothing published for longest between two posts?
-- At size: 1.2 to 1.5 s on SQLite: for each post of a fortnight the one before is sought.
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
    longest_gap_seconds,
    span_seconds,
    entries
from followed
where longest_gap_seconds is not null
order by longest_gap_seconds desc, document_id asc
limit 20
