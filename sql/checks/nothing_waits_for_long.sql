-- No snapshot has waited for more than an hour to be read while later ones of its source were.
select
    waiting.snapshot_id,
    waiting.source_id,
    waiting.url,
    waiting.stored_at
from fct_snapshots as waiting
where
    waiting.state = 'stored'
    and exists (
        select 1
        from fct_snapshots as settled
        where
            settled.source_id = waiting.source_id
            and settled.state <> 'stored'
            and unixepoch(settled.stored_at) > unixepoch(waiting.stored_at) + 3600
    )
