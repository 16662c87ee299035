"""Loading in batches: each body is parsed once, and a batch of long pages takes several transactions."""

from dataclasses import replace

import pytest

from dateline.archive import Archive
from dateline.ingest import load_pending, loading
from dateline.ingest.keeping import keep
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from ingest.few_captures import NOW, few_captures, sources_of

FOUND = few_captures()
LATER = replace(FOUND[0].snapshot, captured_at=FOUND[0].snapshot.captured_at.add(hours=9))
AGAIN = replace(FOUND[0], snapshot=LATER)
SOURCES = sources_of(FOUND)


@pytest.fixture
def kept(sqlite_warehouse, tmp_path):
    """Return a warehouse in which some captures wait, one body among them twice, and their archive."""
    archive = Archive(str(tmp_path / "archive"))
    keep(sqlite_warehouse, archive, [*FOUND, AGAIN], name="few", clock=lambda: NOW)
    return sqlite_warehouse, archive


@pytest.fixture
def parsed(monkeypatch):
    """Note the body of each page that is parsed."""
    digests = []
    real = loading.read

    def noting(page, source):
        digests.append(page.digest)
        return real(page, source)

    monkeypatch.setattr(loading, "read", noting)
    return digests


def test_a_body_captured_twice_in_a_batch_is_parsed_once(kept, parsed):
    engine, archive = kept
    report = load_pending(engine, archive, sources=SOURCES, clock=lambda: NOW)
    assert report.loaded == len(FOUND) + 1
    assert len(parsed) == len(set(parsed)) == len(FOUND)


def test_many_posts_are_loaded_in_several_transactions_and_end_in_the_same_rows(kept, parsed, monkeypatch, tmp_path):
    engine, archive = kept
    other = open_warehouse(f"sqlite:///{tmp_path}/other.db")
    migrate(other)
    keep(other, archive, [*FOUND, AGAIN], name="others", clock=lambda: NOW)
    load_pending(engine, archive, sources=SOURCES, clock=lambda: NOW)
    parsed.clear()
    transactions = []
    real = loading.load_batch
    monkeypatch.setattr(loading, "POSTS", 3)
    monkeypatch.setattr(loading, "load_batch", lambda *given, **named: transactions.append(1) or real(*given, **named))
    load_pending(other, archive, sources=SOURCES, clock=lambda: NOW)
    assert len(transactions) > 3
    assert len(parsed) == len(set(parsed)) == len(FOUND)
    assert row_digests(other) == row_digests(engine)
