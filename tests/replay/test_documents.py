"""The document that a person means: one, or a question back that names those that it could be."""

import pytest
from sqlalchemy import insert

from dateline.errors import ReplayError
from dateline.replay.documents import AT_MOST, find_document
from dateline.warehouse.document_tables import dim_documents
from matching.stored import filled


@pytest.fixture
def crowded(warehouse):
    """A warehouse with more articles of one name than a question lists, and then three live blogs."""
    kinds = ["article"] * (2 * AT_MOST) + ["live_blog"] * 3
    named = [
        {"document_id": f"{number:032d}", "kind": kind, "title": "The gates of Ferrow"}
        for number, kind in enumerate(kinds)
    ]
    with warehouse.begin() as connection:
        connection.execute(insert(dim_documents), [filled(dim_documents, one) for one in named])
    return warehouse


def test_live_blogs_are_found_behind_any_number_of_articles(crowded):
    with pytest.raises(ReplayError) as asked:
        find_document(crowded, "gates of Ferr")
    assert [f"{number:032d}" in str(asked.value) for number in (11, 12, 13, 14)] == [False, True, True, True]


def test_an_id_means_one_document_whatever_it_is(crowded):
    assert not find_document(crowded, f"{3:032d}").is_live
    assert find_document(crowded, f"{13:032d}").is_live


@pytest.mark.parametrize("words", ["100%", "_"])
def test_marks_of_patterns_are_letters(crowded, words):
    with pytest.raises(ReplayError, match="no document is named"):
        find_document(crowded, words)
