"""Copies get back from a stored original what they lost, whichever came first; and lose it again with the evidence."""

import hashlib

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.matching import judge_link, match
from dateline.model import UNKNOWN_TIME, Basis, Dating, Precision
from dateline.warehouse import load_batch, summarise
from dateline.warehouse.engine import write_in
from dateline.warehouse.load import take_back
from dateline.warehouse.query import query
from dateline.warehouse.showing import ReadSnapshot
from dateline.warehouse.tables import metadata
from dateline.warehouse.views import run_checks
from fabricate import minute, post, reading, stored
from matching.stored import prose

TEXTS = [prose(seed, 45) for seed in range(1, 7)]
ORIGINAL_URL = "https://courier.example/live/storm"
COPY_URL = "https://portal.example/storm"


def original(*, moved=0, url=ORIGINAL_URL, carrier="Harbour Courier", anchors=True, texts=TEXTS):
    """A publisher's own live blog, a post every ten minutes."""
    posts = [
        post(text, at=10 * at + moved, anchor=f"p{at}" if anchors else None, headline=f"Title of post {at}")
        for at, text in enumerate(texts)
    ]
    return reading(*posts, url=url, carrier=carrier)


def copy(*texts, url=COPY_URL, published=UNKNOWN_TIME):
    """An aggregator's copy without clocks, cut as a splitter cut it."""
    posts = [post(text, boundary_probability=0.9, published=published) for text in texts or TEXTS]
    return reading(*posts, url=url, carrier="Portal", title="Storm")


def arrive(engine, *pages, at=300):
    """Load pages one by one, matching after each."""
    for place, page in enumerate(pages):
        url = page.document.url
        load_batch(engine, [ReadSnapshot(stored=stored(at + place, url=url, body=repr(page)), readings=(page,))])
        match(engine)


def inherited(engine, url=COPY_URL):
    sql = """
        select a.* from aligned_entries as a inner join dim_documents as d on a.document_id = d.document_id
        where d.url = :url order by a.place, a.entry_id, a.starts_at
    """
    return query(engine, sql.replace(":url", f"'{url}'")).as_dicts()


def minutes(rows):
    return [row["published_at"][11:16] if row["published_at"] else None for row in rows]


def kept(engine):
    """Digest everything that says what was inherited: facts, and what the views make of them."""
    names = (
        "fct_alignments", "fct_aligned_pairs", "fct_inheritances", "aligned_entries", "inherited_times",
        "current_entries",
    )  # fmt: skip
    rows = {name: sorted(map(repr, query(engine, f"select * from {name}").rows)) for name in names}  # noqa: S608 - ours
    return {name: hashlib.sha256("\n".join(found).encode()).hexdigest() for name, found in rows.items()}


def test_a_copy_inherits_time_anchor_and_headline_with_the_link_as_evidence(shelf):
    arrive(shelf.engine, original(), copy())
    rows = inherited(shelf.engine)
    assert minutes(rows) == ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]
    assert [row["anchor"] for row in rows] == [f"p{at}" for at in range(6)]
    assert [row["headline"] for row in rows] == [f"Title of post {at}" for at in range(6)]
    assert [row["body"] for row in rows] == TEXTS
    assert {row["published_basis"] for row in rows} == {"aligned-copy"}
    assert summarise(shelf.engine).inherited_times == 6
    links = query(shelf.engine, "select link_id from fct_syndications where level = 'document'").rows
    assert {(row["link_id"],) for row in rows} == set(links)


def test_what_the_copy_says_itself_is_not_overwritten(shelf):
    arrive(shelf.engine, original(), copy())
    own = query(
        shelf.engine,
        "select distinct e.published_precision, e.anchor from fct_entries e "
        "inner join fct_alignments a on a.copy_entry_id = e.entry_id",
    )
    assert own.rows == (("unknown", None),)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["original first", "copy first"])
def test_the_time_line_shows_the_inherited_times(shelf, order):
    pages = (original(), copy())
    arrive(shelf.engine, *(pages[at] for at in order))
    found = query(shelf.engine, "select distinct published_basis, published_precision, carrier from current_entries")
    assert set(found.rows) == {("aligned-copy", "minute", "Portal"), ("dom", "minute", "Harbour Courier")}


def test_entries_that_were_left_joined_are_parted_by_the_original(shelf):
    joined = " ".join(TEXTS[1:4])
    arrive(shelf.engine, original(), copy(TEXTS[0], joined, *TEXTS[4:]))
    rows = inherited(shelf.engine)
    assert minutes(rows) == ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]
    assert [row["body"] for row in rows] == TEXTS
    (whole,) = query(shelf.engine, "select * from inherited_times where posts > 1").as_dicts()
    assert (whole["posts"], whole["published_precision"], whole["published_at"]) == (3, "bounded", None)
    assert (whole["published_earliest"][11:19], whole["published_latest"][11:19]) == ("09:10:00", "09:30:59")


def test_an_entry_that_was_cut_in_two_has_one_time_in_both_parts(shelf):
    words = TEXTS[2].split()
    arrive(shelf.engine, original(), copy(*TEXTS[:2], " ".join(words[:20]), " ".join(words[20:]), *TEXTS[3:]))
    assert minutes(inherited(shelf.engine)) == ["09:00", "09:10", "09:20", "09:20", "09:30", "09:40", "09:50"]


def test_a_live_blog_that_was_taken_for_an_article_shows_its_posts(shelf):
    flat = reading(post(" ".join(TEXTS)), url=COPY_URL, carrier="Portal", kind="article")
    arrive(shelf.engine, flat, original())
    assert minutes(inherited(shelf.engine)) == ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]
    assert query(shelf.engine, "select * from inherited_times").rows == ()


def test_an_article_that_quotes_a_post_inherits_nothing(shelf):
    quoting = reading(post(f"{TEXTS[1]} {prose(90, 30)}"), url=COPY_URL, carrier="Portal", kind="article")
    arrive(shelf.engine, original(), quoting)
    assert inherited(shelf.engine) == []


def test_an_exact_time_of_its_own_stays_and_the_anchor_is_inherited(shelf):
    own = minute(7, basis=Basis.TEXT_CLOCK)
    arrive(shelf.engine, original(), copy(published=own))
    rows = inherited(shelf.engine)
    assert set(minutes(rows)) == {"09:07"}
    assert {row["published_basis"] for row in rows} == {"text-clock"}
    assert [row["anchor"] for row in rows] == [f"p{at}" for at in range(6)]


def test_a_time_that_contradicts_the_copys_bounds_is_not_inherited(shelf):
    yesterday = pendulum.datetime(2026, 3, 1, 23)
    own = Dating(latest=yesterday, precision=Precision.BOUNDED, basis=Basis.PAGE_DATE)
    arrive(shelf.engine, original(), copy(published=own))
    assert inherited(shelf.engine) == []


def test_a_refuted_link_takes_back_what_was_inherited(shelf):
    arrive(shelf.engine, original(), copy())
    ((link_id,),) = query(shelf.engine, "select link_id from fct_syndications where level = 'document'").rows
    said = {"person": "Imke", "said_at": pendulum.datetime(2026, 3, 3)}
    judge_link(shelf.engine, link_id, is_copy=False, **said)
    assert inherited(shelf.engine) == []
    assert query(shelf.engine, "select * from fct_alignments").rows == ()
    judge_link(shelf.engine, link_id, is_copy=True, **said)
    assert len(inherited(shelf.engine)) == 6


def test_a_refuted_link_between_two_posts_takes_back_that_one(shelf):
    arrive(shelf.engine, original(), copy())
    ((link_id,),) = query(
        shelf.engine,
        "select l.link_id from fct_syndications l join fct_entries e on e.entry_id in (l.copy_entry_id, "
        "l.origin_entry_id) where l.level = 'entry' and e.anchor = 'p2'",
    ).rows
    judge_link(shelf.engine, link_id, is_copy=False, person="Imke", said_at=pendulum.datetime(2026, 3, 3))
    assert minutes(inherited(shelf.engine)) == ["09:00", "09:10", "09:30", "09:40", "09:50"]


def test_a_better_original_that_comes_later_improves_what_was_inherited(shelf):
    cut_short = original(anchors=False, url="https://mirror.example/storm", carrier="Mirror", texts=TEXTS[:4], moved=1)
    arrive(shelf.engine, cut_short, copy())
    assert minutes(inherited(shelf.engine)) == ["09:01", "09:11", "09:21", "09:31"]
    arrive(shelf.engine, original(), at=400)
    assert minutes(inherited(shelf.engine)) == ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]


def times(engine):
    return sorted(row[0][11:16] for row in query(engine, "select published_at from inherited_times").rows)


MIRROR = original(anchors=False, url="https://mirror.example/storm", carrier="Mirror", texts=TEXTS[:4], moved=1)
FROM_MIRROR = ["09:01", "09:11", "09:21", "09:31"]


def test_where_the_best_link_is_refuted_the_next_original_lends(shelf):
    arrive(shelf.engine, MIRROR, original(), copy())
    assert times(shelf.engine)[:2] == ["09:00", "09:10"]
    sql = "select distinct link_id from aligned_entries where document_title = 'Storm'"
    ((link_id,),) = query(shelf.engine, sql).rows
    judge_link(shelf.engine, link_id, is_copy=False, person="Imke", said_at=pendulum.datetime(2026, 3, 3))
    assert times(shelf.engine) == FROM_MIRROR


def test_where_the_best_original_is_taken_back_the_next_one_lends(shelf):
    arrive(shelf.engine, MIRROR, original(), copy())
    going = stored(301, url=ORIGINAL_URL, body=repr(original()))
    write_in(shelf.engine, lambda connection: take_back(connection, [going]))
    match(shelf.engine)
    assert times(shelf.engine) == FROM_MIRROR


def test_an_earlier_capture_of_the_copy_takes_back_times_that_lay_after_it(shelf):
    arrive(shelf.engine, original(), copy())
    assert len(times(shelf.engine)) == 6
    earlier = stored(25, url=COPY_URL, body="the same page, captured before half of it was published")
    load_batch(shelf.engine, [ReadSnapshot(stored=earlier, readings=(copy(),))])
    match(shelf.engine)
    assert times(shelf.engine) == ["09:00", "09:10", "09:20"]


def test_a_re_reading_of_the_original_moves_what_was_inherited(shelf):
    arrive(shelf.engine, original(), copy())
    page = original(moved=2)
    before = stored(300, url=ORIGINAL_URL, body=repr(original()))
    load_batch(shelf.engine, [ReadSnapshot(stored=before, readings=(page,))])
    assert minutes(inherited(shelf.engine))[:2] == ["09:02", "09:12"]  # times are looked up, not copied


def test_a_new_wording_of_the_copy_is_aligned_anew_and_the_old_cut_is_never_shown(shelf):
    arrive(shelf.engine, original(), copy(" ".join(TEXTS)))
    assert len(inherited(shelf.engine)) == 6
    page = copy(*TEXTS)
    now = stored(500, url=COPY_URL, body="again")
    load_batch(shelf.engine, [ReadSnapshot(stored=now, readings=(page,))])
    shown = inherited(shelf.engine)
    assert all(row["body"] in TEXTS for row in shown)
    match(shelf.engine)
    assert [row["body"] for row in inherited(shelf.engine) if row["body"] in TEXTS][:6] == TEXTS


def test_a_time_that_was_inherited_is_not_lent_on(shelf):
    other = copy(url="https://second-portal.example/storm")
    arrive(shelf.engine, copy(), other)
    assert query(shelf.engine, "select * from fct_alignments").rows == ()
    arrive(shelf.engine, original(), at=400)
    lenders = query(shelf.engine, "select distinct d.url from fct_alignments a join dim_documents d on "
                    "d.document_id = a.original_document_id").rows  # fmt: skip
    assert lenders == ((ORIGINAL_URL,),)


def test_a_second_run_aligns_nothing(shelf):
    arrive(shelf.engine, original(), copy())
    assert match(shelf.engine).aligned == 0


def test_a_killed_run_is_taken_up_by_the_next(shelf):
    arrive(shelf.engine, original(), copy())
    before = kept(shelf.engine)
    waiting = [{"link_id": one} for (one,) in query(shelf.engine, "select link_id from fct_aligned_pairs").rows]

    def undo(connection):
        for name in ("fct_alignments", "fct_aligned_pairs"):
            connection.execute(metadata.tables[name].delete())
        connection.execute(metadata.tables["fct_align_queue"].insert(), waiting)

    write_in(shelf.engine, undo)
    assert match(shelf.engine).aligned == 6
    assert kept(shelf.engine) == before


def test_pairs_that_another_procedure_aligned_are_aligned_anew(shelf):
    arrive(shelf.engine, original(), copy())
    former = metadata.tables["fct_aligned_pairs"].update().values(align_version=0)
    write_in(shelf.engine, lambda connection: connection.execute(former))
    assert match(shelf.engine).aligned == 6
    assert query(shelf.engine, "select count(*) from fct_align_queue").rows == ((0,),)


PAGES = [
    (300, original()),
    (301, copy(TEXTS[0], " ".join(TEXTS[1:4]), *TEXTS[4:])),
    (302, original(anchors=False, url="https://mirror.example/storm", carrier="Mirror", texts=TEXTS[:4], moved=1)),
    (303, copy(url="https://second-portal.example/storm")),
    (310, original(texts=[*TEXTS, prose(50, 45)])),
    (311, copy(*TEXTS[:3])),
]


def arrived(engine, order, matched_after):
    """Load the pages in an order, matching after some of them, and say what was kept."""
    for place, number in enumerate(order):
        at, page = PAGES[number]
        snapshot = stored(at, url=page.document.url, body=f"page {number}")
        load_batch(engine, [ReadSnapshot(stored=snapshot, readings=(page,))])
        if place in matched_after:
            match(engine)
    match(engine)
    return kept(engine)


def emptied(engine):
    def work(connection):
        for table in reversed(metadata.sorted_tables):
            if table.name != "data_dictionary":
                connection.execute(table.delete())

    write_in(engine, work)


def test_any_order_of_arrival_and_of_matching_ends_in_the_same_rows(shelf):
    expected = arrived(shelf.engine, range(len(PAGES)), ())
    assert len(inherited(shelf.engine)) >= 3

    @given(st.permutations(range(len(PAGES))), st.sets(st.integers(0, len(PAGES) - 1)))
    @settings(max_examples=4)
    def in_any(order, matched_after):
        emptied(shelf.engine)
        assert arrived(shelf.engine, order, matched_after) == expected
        assert [one.name for one in run_checks(shelf.engine) if not one.is_clean] == []

    in_any()


def test_a_check_finds_what_a_refuted_link_still_lends(shelf):
    arrive(shelf.engine, original(), copy())
    with shelf.engine.begin() as connection:
        connection.exec_driver_sql("update fct_syndications set is_refuted = (1 = 1)")
    offending = {one.name for one in run_checks(shelf.engine) if not one.is_clean}
    assert offending == {"inherited_times_have_live_links"}
