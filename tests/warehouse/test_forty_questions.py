"""Forty questions and more, each answered on both engines as the scripts of the newsroom and the ferry say.

What is expected is worked out from those scripts, never copied from an answer: see ``tests/answers``.
"""

import pytest

from answers import ANSWERS, NOON, STORM
from asked import BASE, TIMELINE, answerable, copied
from dateline.errors import WarehouseError
from dateline.warehouse import load_batch, migrate, open_warehouse, publish_views, quarantine
from dateline.warehouse.library import statements_in
from dateline.warehouse.query import query
from ferry import TUG, snapshots

GIVEN = {"page_as_of": {"url": f"{BASE}{STORM.address}", "at": TIMELINE.instant(NOON).isoformat()}}


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    engine = answerable(tmp_path_factory.mktemp("asked"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def on_postgresql(on_sqlite, own_postgres_url):
    engine = open_warehouse(own_postgres_url)
    migrate(engine)
    yield copied(on_sqlite, engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def asked(request):
    return request.getfixturevalue(f"on_{request.param}")


def test_there_are_forty_questions_and_each_has_its_known_answer():
    for dialect in ("sqlite", "postgresql"):
        assert set(statements_in("queries", dialect)) == set(ANSWERS)
    assert len(ANSWERS) >= 40


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_answer_is_what_the_script_says(asked, name):
    ANSWERS[name](query(asked, name, given=GIVEN.get(name)).as_dicts())


@pytest.mark.postgres
def test_both_engines_give_the_same_answers_in_the_same_order(on_sqlite, on_postgresql):
    for name in sorted(ANSWERS):
        one, other = (query(engine, name, given=GIVEN.get(name)) for engine in (on_sqlite, on_postgresql))
        assert one.columns == other.columns, name
        assert one.rows == other.rows, name


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour master", True),
        ("HARBOUR  Master", True),
        ("harbour unicorn", False),
        ('"harbour" (master*', True),
        ("master OR unicorn", False),
        ("please do not go", True),
        ("don't \\ ' go", False),
        ("", False),
        ("* -", False),
    ],
)
def test_whatever_is_searched_for_is_only_words(asked, words, found):
    assert bool(query(asked, "search_entries", given={"words": words}).rows) is found


def test_what_is_taken_back_is_found_no_more_and_again_when_it_is_read_again(warehouse):
    publish_views(warehouse)
    captures = snapshots()
    words = {"words": "coast guard"}

    def found():
        return len(query(warehouse, "search_entries", given=words).rows)

    load_batch(warehouse, captures[:2])
    assert found() == 1
    quarantine(warehouse, captures[1].stored, "unreadable", "nothing in it")
    assert found() == 0
    if warehouse.dialect.name == "sqlite":
        kept = query(warehouse, "select count(*) as n from search_keys").rows
        assert kept == query(warehouse, "select count(*) as n from dim_wordings").rows
    load_batch(warehouse, captures[:2])
    assert found() == 1


def test_search_survives_a_vacuum(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    migrate(engine)
    publish_views(engine)
    load_batch(engine, snapshots())
    quarantine(engine, snapshots()[0].stored, "unreadable", "nothing in it")
    with engine.connect() as connection:
        connection.connection.cursor().execute("vacuum")
        connection.connection.cursor().execute("insert into wording_search (wording_search) values ('integrity-check')")
    found = query(engine, "search_entries", given={"words": "tug tows"}).as_dicts()
    assert [one["body"] for one in found] == [TUG.text]
    engine.dispose()


def test_a_question_says_what_it_may_be_given(asked):
    with pytest.raises(WarehouseError, match="Known: words"):
        query(asked, "search_entries", given={"word": "tide"})
    with pytest.raises(WarehouseError, match="no instant"):
        query(asked, "page_as_of", given={"at": "noon"})
