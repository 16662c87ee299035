"""Find wordings by their words: FTS5 on SQLite, a GIN index on PostgreSQL; both keep in step by themselves.

A wording never changes, so what counts is its insert and its delete. SQLite may renumber rows that have no
integer key when a file is vacuumed, so ``search_keys`` gives each wording a number of its own. The first
100,000 characters are searched: PostgreSQL refuses a word list of more than a megabyte.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

SQLITE = (
    """
create table search_keys (
    search_id integer primary key,
    wording_id text not null unique
) strict
""",
    """
create view search_texts as
select keys.search_id, wordings.headline, substr(wordings.body, 1, 100000) as body
from search_keys as keys
inner join dim_wordings as wordings on keys.wording_id = wordings.wording_id
""",
    """
create virtual table wording_search using fts5(
    headline, body, content='search_texts', content_rowid='search_id', tokenize='unicode61 remove_diacritics 0'
)
""",
    """
create trigger dim_wordings_become_searchable after insert on dim_wordings begin
    insert into search_keys (wording_id) values (new.wording_id);
    insert into wording_search (rowid, headline, body)
    select search_id, new.headline, substr(new.body, 1, 100000) from search_keys where wording_id = new.wording_id;
end
""",
    """
create trigger dim_wordings_are_searchable_no_more before delete on dim_wordings begin
    insert into wording_search (wording_search, rowid, headline, body)
    select 'delete', search_id, old.headline, substr(old.body, 1, 100000)
    from search_keys where wording_id = old.wording_id;
    delete from search_keys where wording_id = old.wording_id;
end
""",
    "insert into search_keys (wording_id) select wording_id from dim_wordings order by wording_id",
    "insert into wording_search (wording_search) values ('rebuild')",
)

POSTGRESQL = (
    """
create function search_words(headline text, body text) returns tsvector
language sql immutable parallel safe
as $$ select to_tsvector('simple'::regconfig, coalesce(headline, '') || ' ' || left(body, 100000)) $$
""",
    "create index ix_dim_wordings_search on dim_wordings using gin (search_words(headline, body))",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("drop index ix_dim_wordings_search")
        connection.exec_driver_sql("drop function search_words(text, text)")
        return
    connection.exec_driver_sql("drop trigger dim_wordings_are_searchable_no_more")
    connection.exec_driver_sql("drop trigger dim_wordings_become_searchable")
    connection.exec_driver_sql("drop table wording_search")
    connection.exec_driver_sql("drop view search_texts")
    connection.exec_driver_sql("drop table search_keys")
