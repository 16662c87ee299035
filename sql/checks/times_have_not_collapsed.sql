-- No post is left with a time that most posts of its page shared when it was read, as after a re-publication.
select
    documents.document_id,
    documents.title,
    count(*) as collapsed_entries
from fct_entries as entries
inner join dim_documents as documents on entries.document_id = documents.document_id
where entries.is_time_collapsed
group by documents.document_id, documents.title
