-- On what do pages contradict themselves, and which carriers most?
select
    carrier,
    about,
    why,
    count(*) as contradictions,
    count(distinct document_id) as documents
from conflicts
group by carrier, about, why
order by contradictions desc, carrier asc, about asc, why asc
