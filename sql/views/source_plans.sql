-- When each source is asked next and why, and what went wrong at its last poll.
-- Grain: one row per source that has been planned.
select
    source_id,
    failed as last_failure,
    due_at,
    why as due_because
from source_schedules
