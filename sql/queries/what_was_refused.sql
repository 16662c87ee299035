-- What could not be read, where, and how often for which reason?
select
    reason,
    why,
    count(*) as refusals,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at
from rejects
group by reason, why
order by refusals desc, reason asc, why asc
