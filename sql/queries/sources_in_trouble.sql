-- Which sources fail, wait or send what cannot be read?
select
    source_id,
    url,
    requests,
    failed_requests,
    last_failure,
    waiting,
    quarantined,
    last_good_request_at,
    due_at,
    due_because
from source_health
where
    failed_requests > 0
    or waiting > 0
    or quarantined > 0
order by quarantined desc, failed_requests desc, source_id asc
