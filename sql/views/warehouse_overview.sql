-- How large the warehouse is and what needs looking at, in seven figures; ``place`` is their order.
-- Grain: one row per figure.
select
    1 as place,
    'sources' as figure,
    count(*) as number
from dim_sources
where is_enabled
union all
select
    2 as place,
    'in trouble' as figure,
    count(*) as number
from dim_sources as declared
inner join source_schedules as schedules on declared.source_id = schedules.source_id
where schedules.failed is not null
union all
select
    3 as place,
    'waiting to be read' as figure,
    count(*) as number
from fct_snapshots
where state = 'stored'
union all
select
    4 as place,
    'quarantined' as figure,
    count(*) as number
from fct_snapshots
where state = 'quarantined'
union all
select
    5 as place,
    'documents' as figure,
    count(*) as number
from dim_documents
union all
select
    6 as place,
    'entries' as figure,
    count(*) as number
from fct_entries
union all
select
    7 as place,
    'lying validators' as figure,
    count(*) as number
from validator_lies
