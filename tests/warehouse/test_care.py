"""Care of the database gives back the room of deleted rows and changes nothing that is there."""

from sqlalchemy import text

from dateline.warehouse.care import tend
from dateline.warehouse.engine import reading_from, write_in


def test_room_is_given_back_and_the_rows_stay(warehouse):
    def fill(connection):
        connection.execute(text("create table ballast (words text)"))
        for _ in range(40):
            connection.execute(text("insert into ballast values (:words)"), [{"words": "tide " * 400}] * 50)

    write_in(warehouse, fill)
    write_in(warehouse, lambda connection: connection.execute(text("delete from ballast where true")))
    tended = tend(warehouse)
    assert tended.is_vacuumed
    if warehouse.dialect.name == "sqlite":
        assert tended.bytes_after < tended.bytes_before / 2
    with reading_from(warehouse) as connection:
        assert connection.execute(text("select count(*) from dim_sources")).scalar_one() == 0
    write_in(warehouse, lambda connection: connection.execute(text("drop table ballast")))


def test_a_file_without_empty_pages_is_not_rewritten(sqlite_warehouse):
    assert not tend(sqlite_warehouse).is_vacuumed
