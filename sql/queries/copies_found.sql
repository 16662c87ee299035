-- Which documents are copies, of what, by whom, and how sure are we?
select
    copy_carrier,
    copy_title,
    origin_name,
    origin_carrier,
    origin_title,
    share_of_copy,
    share_of_origin,
    days_apart,
    confidence,
    reason
from copies
where
    level = 'document'
    and not is_same_carrier
order by share_of_copy desc, link_id asc
