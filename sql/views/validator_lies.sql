-- Answers whose validator contradicts their body: "same" over a changed body hides news,
-- "changed" over the same body costs bytes.
-- Grain: one row per such answer.
select
    fetches.fetch_id,
    fetches.source_id,
    fetches.url,
    fetches.started_at,
    fetches.status,
    fetches.verdict,
    fetches.is_conditional,
    fetches.wire_bytes,
    fetches.snapshot_id
from fct_fetches as fetches
where fetches.verdict in ('lied-same', 'lied-changed')
