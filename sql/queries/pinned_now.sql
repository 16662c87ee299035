-- Which posts are pinned to the top of their live blogs now, and since when?
select
    entries.carrier,
    entries.document_title,
    entries.headline,
    entries.body,
    entries.published_at,
    max(pins.latest_at) as pinned_by
from current_entries as entries
left join entry_log as pins on entries.entry_id = pins.entry_id and pins.kind = 'pinned'
where entries.is_pinned
group by
    entries.entry_id,
    entries.carrier,
    entries.document_title,
    entries.headline,
    entries.body,
    entries.published_at
order by entries.carrier, entries.document_title, entries.published_at
