-- Who signed most posts, for whom, and how long are they on average?
select
    author,
    carrier,
    count(*) as posts,
    count(distinct document_id) as documents,
    round(cast(avg(word_count) as numeric), 1) as mean_words
from current_entries
where author is not null
group by author, carrier
order by posts desc, author asc, carrier asc
