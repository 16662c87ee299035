"""The topic page that the project started from: two of its documents share passages, and one repeats itself."""

import pytest
from sqlalchemy import text

from dateline.matching import match
from dateline.model import Snapshot
from dateline.reading import read
from dateline.warehouse.engine import reading_from, write_in
from matching.stored import document_rows, put_rows

PAGE = "seed/hashtag-great-northern-war.txt"


@pytest.mark.corpus
def test_the_two_telegraph_documents_are_linked_and_the_repeating_posts_are_found(shelf, corpus):
    readings = [one for one in read(Snapshot(body=(corpus / PAGE).read_bytes())) if one.entries]
    for number, reading in enumerate(readings, start=1):
        rows = document_rows(
            f"document-{number}",
            *[entry.text for entry in reading.entries],
            carrier=reading.document.carrier,
            origin=reading.origin.name,
            lead=reading.document.lead or None,
            title=reading.document.title,
        )
        write_in(shelf.engine, lambda connection, rows=rows: put_rows(connection, rows))
    match(shelf.engine)
    with reading_from(shelf.engine) as connection:
        whole = connection.execute(text("select * from fct_syndications where level = 'document'")).mappings().all()
        posts = connection.execute(text("select * from fct_syndications where level = 'entry'")).mappings().all()
    assert [{link["copy_document_id"], link["origin_document_id"]} for link in whole] == [{"document-3", "document-4"}]
    assert whole[0]["shared"] > 100
    assert whole[0]["longest_run"] >= 25
    assert whole[0]["origin_name"] == "The Telegraph"
    inside = [link for link in posts if link["copy_document_id"] == link["origin_document_id"] == "document-4"]
    assert max(link["longest_run"] for link in inside) >= 20
