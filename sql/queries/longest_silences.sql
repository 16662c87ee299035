-- In which live blogs was nothing published for longest between two posts?
select
    title,
    carrier,
    longest_gap_seconds,
    span_seconds,
    entries
from coverage_summary
where longest_gap_seconds is not null
order by longest_gap_seconds desc, document_id asc
limit 20
