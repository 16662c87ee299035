-- No entry claims to be published after we first saw it (ten minutes are allowed for clocks that differ).
select
    entry_id,
    document_id,
    published_at,
    first_seen_at
from fct_entries
where
    published_precision in ('second', 'minute')
    and unixepoch(published_at) > unixepoch(first_seen_at) + 600
