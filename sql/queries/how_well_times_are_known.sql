-- How finely, and on what evidence, are the times of posts known?
select
    time_precision,
    basis,
    sum(entries) as entries,
    round(cast(1.0 * sum(entries) / sum(sum(entries)) over () as numeric), 4) as share
from time_quality
group by time_precision, basis
order by entries desc, time_precision asc, basis asc
