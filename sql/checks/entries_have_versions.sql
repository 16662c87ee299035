-- Every entry has as many versions as it says, numbered without a gap, and its newest one is there.
with spells as (
    select
        entry_id,
        count(*) as versions,
        max(number) as last_number
    from fct_entry_versions
    group by entry_id
)

select
    entries.entry_id,
    entries.document_id,
    entries.versions as versions_stated,
    spells.versions as versions_kept
from fct_entries as entries
left join spells on entries.entry_id = spells.entry_id
where
    spells.versions is null
    or spells.versions <> entries.versions
    or spells.last_number <> entries.versions
