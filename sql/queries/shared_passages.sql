-- Which documents share passages, whoever carried them: how much of each, the longest run of words, and a sample?
select
    copy_carrier,
    copy_title,
    origin_carrier,
    origin_title,
    origin_name,
    shared,
    share_of_copy,
    share_of_origin,
    longest_run,
    is_same_carrier,
    sample,
    confidence,
    reason
from copies
where level = 'document'
order by shared desc, link_id asc
