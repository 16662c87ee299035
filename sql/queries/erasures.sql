-- What was erased, when, by whose word, and is it still kept out?
select
    erasure_id,
    asked_at,
    asked_by,
    source_id,
    publisher,
    address,
    before_at,
    snapshots,
    archive_bytes,
    finished_at,
    lifted_at
from fct_erasures
order by asked_at desc, erasure_id asc
