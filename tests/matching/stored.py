"""Documents put straight into the warehouse's tables, so that matching is tested apart from reading."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, Table

from dateline.model import digest_of
from dateline.warehouse.engine import write_in
from dateline.warehouse.match_queue import ask_to_match
from dateline.warehouse.metadata import Flag
from dateline.warehouse.rows import insert_missing, upsert
from dateline.warehouse.tables import metadata

FIRST_DAY = datetime(2024, 3, 1, 9, tzinfo=UTC)


def filled(table: Table, values: dict) -> dict:
    """Give every column that must have a value, and was given none, a plain one of its type."""
    row = dict(values)
    for column in table.columns:
        if column.name in row or column.nullable:
            continue
        row[column.name] = _plain(column)
    return row


def _plain(column):
    if column.name.endswith("_precision"):
        return "unknown"
    if column.name == "entry_order":
        return "unknown"
    if isinstance(column.type, Flag):
        return False
    kind = str(column.type)
    if "JSON" in type(column.type).__name__.upper():
        return []
    return {"BOOLEAN": False, "BIGINT": 0, "INTEGER": 0}.get(kind, "x") if kind != "TEXT" else "x"


class Shelf:
    """A warehouse that documents are put into, one call each."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put(self, name, *texts, **about) -> str:
        """Store a document of one or more entries; return its id. ``day`` counts from the first of March."""
        rows = document_rows(name, *texts, **about)
        write_in(self.engine, lambda connection: put_rows(connection, rows))
        return name


def put_rows(connection, rows) -> None:
    for table_name in ("dim_publishers", "dim_wordings", "dim_documents", "fct_entries", "fct_entry_versions"):
        table = metadata.tables[table_name]
        write = upsert if table_name in {"dim_documents", "fct_entries"} else insert_missing
        write(connection, table, [filled(table, row) for row in rows.get(table_name, [])])
    ask_to_match(connection, [row["document_id"] for row in rows.get("dim_documents", [])])


def document_rows(
    name,
    *texts,
    carrier=None,
    origin=None,
    reason="it says so",
    confidence=0.9,
    day=None,
    seen=None,
    title=None,
    lead=None,
    kind=None,
):
    at = None if day is None else FIRST_DAY + timedelta(days=day)
    end = None if at is None else at + timedelta(seconds=59)
    moment = {
        "published_at": at,
        "published_earliest": at,
        "published_latest": end,
        "published_precision": "minute" if at else "unknown",
    }
    seen_at = None if seen is None else FIRST_DAY + timedelta(days=seen)
    publishers = [{"publisher_id": digest_of("house", one), "name": one} for one in {carrier, origin} - {None}]
    document = {
        "document_id": name,
        "kind": kind or ("live_blog" if len(texts) > 1 else "article"),
        "title": title,
        "lead_text": lead,
        "carrier_id": digest_of("house", carrier) if carrier else None,
        "origin_id": digest_of("house", origin) if origin else None,
        "origin_reason": reason if origin else None,
        "origin_confidence": confidence if origin else None,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
        "last_edition_id": digest_of("edition", title or "", lead or "", *texts),
        "content_id": digest_of("content", *texts),
        **moment,
    }
    wordings, entries, versions = [], [], []
    for place, text in enumerate(texts):
        wording_id = digest_of("version", "", text)
        entry_id = f"{name}-{place}"
        wordings.append({"wording_id": wording_id, "body": text, "word_count": len(text.split())})
        entries.append(
            {
                "entry_id": entry_id,
                "document_id": name,
                "wording_id": wording_id,
                "versions": 1,
                "first_seen_at": seen_at,
                **moment,
            }
        )
        versions.append(
            {
                "version_id": digest_of(entry_id, wording_id),
                "entry_id": entry_id,
                "document_id": name,
                "number": 1,
                "wording_id": wording_id,
            }
        )
    return {
        "dim_publishers": publishers,
        "dim_wordings": wordings,
        "dim_documents": [document],
        "fct_entries": entries,
        "fct_entry_versions": versions,
    }


def prose(seed: int, count: int = 120) -> str:
    """Invent a text of ``count`` words, the same for the same seed, that shares no passage with any other."""
    chance = random.Random(seed)  # noqa: S311 - invented text, no secret
    found = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 3))) for _ in range(count)]
    return ". ".join(" ".join(found[start : start + 9]).capitalize() for start in range(0, count, 9)) + "."


SYLLABLES = [head + tail for head in "bdfgklmnprstvz" for tail in ("a", "e", "i", "o", "u", "an", "el", "or")]
