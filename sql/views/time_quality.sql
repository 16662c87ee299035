-- How well the times of posts are known, by carrier, precision and evidence, and what share of its posts that is.
-- Times that a copy inherits from its original count as aligned-copy.
-- Grain: one row per carrier, precision and basis.
with judged as (
    select
        coalesce(carriers.name, 'unknown') as carrier,
        coalesce(inherited.published_precision, entries.published_precision) as time_precision,
        case
            when inherited.entry_id is null then coalesce(entries.published_basis, 'none')
            else 'aligned-copy'
        end as basis,
        entries.is_time_collapsed
    from fct_entries as entries
    inner join dim_documents as documents on entries.document_id = documents.document_id
    left join fct_inheritances as inherited
        on
            entries.entry_id = inherited.entry_id
            and entries.wording_id = inherited.wording_id
            and inherited.published_precision is not null
            and entries.published_precision not in ('second', 'minute')
    left join dim_publishers as carriers on documents.carrier_id = carriers.publisher_id
),

counted as (
    select
        carrier,
        time_precision,
        basis,
        count(*) as entries,
        count(*) filter (where is_time_collapsed) as collapsed_entries
    from judged
    group by carrier, time_precision, basis
)

select
    carrier,
    time_precision,
    basis,
    entries,
    collapsed_entries,
    round(cast(1.0 * entries / sum(entries) over (partition by carrier) as numeric), 4) as share_of_carrier
from counted
