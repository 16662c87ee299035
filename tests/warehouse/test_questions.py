"""Views, checks and questions: each is described, runs, and answers alike on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from dateline.errors import WarehouseError
from dateline.model import Origin
from dateline.settings import PROJECT
from dateline.warehouse import load, load_batch, migrate, open_warehouse, publish_views, run_checks, summarise
from dateline.warehouse.library import statements_in, views_in_order
from dateline.warehouse.load import quarantine
from dateline.warehouse.query import query
from fabricate import DAY, article, reading, stored
from ferry import EDITED, NINE, TUG, snapshots

VIEWS = sorted(statements_in("views", "sqlite"))
CHECKS = sorted(statements_in("checks", "sqlite"))
QUERIES = sorted(statements_in("queries", "sqlite"))


def fill(engine):
    load_batch(engine, snapshots())
    pinned = replace(NINE, is_pinned=True, author="Imke Rasmund")
    load(engine, stored(30), [reading(pinned, TUG, EDITED, conflicts=2, rejects=1)])
    copied = replace(
        article("The ferry left the harbour", url="https://meridian.example/a", carrier="Meridian News"),
        origin=Origin(name="Harbour Courier", reason="its credit line", confidence=0.9),
    )
    load(engine, stored(31, url="https://meridian.example/a", source_id="meridian"), [copied])
    quarantine(engine, stored(32, url="https://meridian.example/b", source_id="meridian"), "unreadable", "it is empty")
    publish_views(engine)
    return engine


@pytest.fixture
def filled(warehouse):
    return fill(warehouse)


@pytest.fixture
def reference(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path}/reference.db")
    migrate(engine)
    yield fill(engine)
    engine.dispose()


def test_all_answers_are_alike_on_both_engines(filled, reference):
    for name in QUERIES:
        assert query(filled, name) == query(reference, name), name
    for name in VIEWS:
        one, other = (query(engine, f"select * from {name}") for engine in (filled, reference))  # noqa: S608 - our files
        assert one.columns == other.columns
        assert rows_of(one) == rows_of(other), name


def rows_of(result):
    """Return the rows in an order of their own; ``words`` is what each engine searches in, in its own form."""
    keep = [number for number, name in enumerate(result.columns) if name != "words"]
    return sorted(repr([row[number] for number in keep]) for row in result.rows)


def test_checks_find_nothing_wrong_with_a_sound_warehouse(filled):
    found = run_checks(filled, clock=lambda: DAY)
    assert [one.name for one in found] == CHECKS
    assert [one.name for one in found if not one.is_clean] == []
    kept = query(filled, "select count(*) as n, sum(offending) as offending from fct_check_results")
    assert kept.rows == ((len(CHECKS), 0),)


def test_a_check_returns_the_rows_that_offend(filled):
    with filled.begin() as connection:
        connection.exec_driver_sql("update fct_entries set versions = 7 where anchor = 'a'")
    offending = {one.name for one in run_checks(filled) if not one.is_clean}
    assert offending == {"entries_have_versions"}


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_says_its_meaning_and_grain(name):
    assert "Grain: one row per" in statements_in("views", "sqlite")[name].meaning


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_is_a_question(name):
    assert statements_in("queries", "sqlite")[name].meaning.endswith("?")


def test_what_a_question_costs_is_in_its_file_and_not_in_its_meaning():
    costly = [one for one in (PROJECT / "sql" / "queries").rglob("*.sql") if "-- At size:" in one.read_text("utf-8")]
    assert len(costly) > 4
    assert not [one for one in costly if "At size" in statements_in("queries", "sqlite")[one.stem].meaning]


def test_views_are_made_after_what_they_read_from():
    made: set[str] = set()
    for view in views_in_order("sqlite"):
        made.add(view.name)
    assert made == set(VIEWS)


def test_views_can_be_published_again_and_are_described(filled):
    assert publish_views(filled) == VIEWS
    described = query(
        filled, "select distinct object_name from data_dictionary where kind = 'view' order by object_name"
    )
    assert [row[0] for row in described.rows] == VIEWS


@pytest.mark.postgres
def test_publishing_again_waits_for_no_reader(postgres_warehouse):
    publish_views(postgres_warehouse)
    with postgres_warehouse.connect() as analyst:
        analyst.execute(text("select count(*) from current_entries"))  # its lock lasts as long as the transaction
        with postgres_warehouse.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
            before = other.execute(text("select oid from pg_class where relname = 'current_entries'")).scalar_one()
            publish_views(postgres_warehouse)
            assert before == other.execute(text("select 'current_entries'::regclass::oid")).scalar_one()


@pytest.mark.postgres
def test_a_view_that_somebody_changed_is_put_right(postgres_warehouse):
    publish_views(postgres_warehouse)
    file = statements_in("views", "postgresql")["current_entries"].sql.replace("%", "%%")
    with postgres_warehouse.begin() as connection:
        connection.exec_driver_sql(f"create or replace view current_entries as {file} and entries.versions > 1")
    publish_views(postgres_warehouse)
    made = query(postgres_warehouse, "select pg_get_viewdef('current_entries'::regclass) as made").rows[0][0]
    assert "versions > 1" not in made


def test_the_edit_log_holds_both_wordings(filled):
    first = query(filled, "edits").as_dicts()[-1]
    assert first["body_after"] == EDITED.text
    assert EDITED.text.startswith(first["body_before"])


def test_the_deleted_post_is_restored_on_the_last_page(filled):
    assert query(filled, "deleted_posts").rows == ()
    kinds = query(filled, "select kind, count(*) as n from entry_log group by kind order by kind").rows
    assert dict(kinds) == {"deleted": 1, "edited": 4, "pinned": 1, "posted": 4, "restored": 1}


def test_the_newest_wording_and_place_are_current(filled):
    wanted = "select anchor, position, body, is_pinned from current_entries where position is not null and anchor = 'b'"
    assert query(filled, wanted).rows == (("b", 2, EDITED.text, False),)


def test_the_summary_counts_what_is_there(filled):
    found = summarise(filled)
    assert dict(found.documents) == {"article": 1, "live_blog": 1}
    assert dict(found.snapshots) == {"loaded": 10, "quarantined": 1}
    assert dict(found.times) == {"minute": 3, "unknown": 1}
    assert (found.entries, found.conflicts, found.rejects) == (4, 2, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from dim_sources",
        "drop table dim_sources",
        "with gone as (select 1) delete from dim_sources",
        "select 1; commit; drop table dim_sources",
        "pragma query_only = off",
        "attach database '/nowhere/else.db' as other",
    ],
)
def test_a_question_never_writes(filled, statement):
    with pytest.raises(WarehouseError):
        query(filled, statement)
    assert query(filled, "select count(*) as n from dim_sources").rows != ((0,),)


def test_a_question_is_planned_for_its_period_however_often_it_is_asked(postgres_warehouse):
    publish_views(postgres_warehouse)
    for _ in range(8):  # the server thinks of one plan for all periods at the sixth
        query(postgres_warehouse, "key_events")
    with postgres_warehouse.connect() as connection:
        planned = connection.execute(
            text(
                "select sum(custom_plans), sum(generic_plans) from pg_prepared_statements"
                " where statement like '%is_key_event%' and statement not like '%pg_prepared%'"
            )
        ).one()
    assert planned[0] >= 8
    assert planned[1] == 0


def test_wrong_sql_and_unknown_names_are_told_in_one_line(filled):
    with pytest.raises(WarehouseError, match="latest_posts"):
        query(filled, "newest_posts")
    with pytest.raises(WarehouseError, match="nowhere"):
        query(filled, "select * from nowhere")


def test_a_limit_stops_reading(filled):
    assert len(query(filled, "select * from entry_versions", limit=2).rows) == 2


def posts_since(engine, since):
    return sum(row["posts"] for row in query(engine, "busiest_hours", given={"since": since}).as_dicts())


def test_a_period_is_an_instant_or_counts_back_from_the_newest_capture(filled):
    later = DAY.add(days=40)
    page = reading(replace(NINE, text="Another ferry"), url="https://courier.example/live/other")
    load(filled, stored(40 * 24 * 60, url="https://courier.example/live/other", source_id="other"), [page])
    assert posts_since(filled, "P14D") == posts_since(filled, later.isoformat()) == 1
    assert posts_since(filled, "P41D") == posts_since(filled, DAY.isoformat()) == posts_since(filled, "P9999Y") > 1
    with pytest.raises(WarehouseError, match="no instant"):
        query(filled, "busiest_hours", given={"since": "last week"})


def test_what_was_captured_nobody_knows_when_is_in_every_period(filled):
    page = reading(replace(NINE, text="A ferry of long ago"), url="https://courier.example/live/undated")
    load(filled, stored(None, url="https://courier.example/live/undated", source_id="other"), [page])
    told = [row["body"] for row in query(filled, "latest_posts").as_dicts()]
    assert "A ferry of long ago" in told


def test_percent_signs_and_colons_are_only_text(filled):
    assert query(filled, "select 'a:b 100%' as said, 7 % 4 as rest").rows == (("a:b 100%", 3),)
