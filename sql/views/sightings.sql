-- Which entry stood where, in which wording, on which snapshot.
-- Grain: one row per snapshot and place on its page.
select
    readings.snapshot_id,
    readings.captured_at,
    readings.document_id,
    readings.edition_id,
    sightings.position,
    sightings.entry_id,
    statements.wording_id,
    statements.anchor,
    sightings.is_pinned
from fct_readings as readings
inner join fct_sightings as sightings on readings.edition_id = sightings.edition_id
inner join dim_statements as statements on sightings.statement_id = statements.statement_id
