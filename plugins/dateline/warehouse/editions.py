"""From a reading to rows named by their content: wordings, statements, and the edition that they make up."""

from collections import defaultdict
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import orjson

from dateline.model import Conflict, Document, Embed, Entry, Kind, Order, Reading, Reject, digest_within
from dateline.warehouse.dating_rows import listed, scrub, scrubbed
from dateline.warehouse.facts import facts_of, stated_of
from dateline.warehouse.past import Edition, Statement

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRows:
    """An edition, and every row that keeps it."""

    edition: Edition
    row: Row
    wordings: tuple[Row, ...]
    statements: tuple[Row, ...]
    rejects: tuple[Row, ...]
    conflicts: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    statement: Statement
    wording_row: Row
    statement_row: Row


class Posts:
    """Posts of one batch, by what they state: page after page shows the same ones, worked out once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[tuple[str, str | None, str], list[tuple[tuple[Any, ...], _Post]]] = defaultdict(list)

    def post(self, document_id: str, entry: Entry) -> _Post:
        """Return the post that an entry of a document is."""
        alike = self._known[document_id, entry.anchor, entry.text]
        stated = _STATED(entry)
        for other, post in alike:
            if other == stated:
                return post
        alike.append((stated, _post(document_id, entry)))
        return alike[-1][1]


_STATED = attrgetter(*(one.name for one in fields(Entry) if one.name != "position"))


def edition_of(reading: Reading, *, is_item: bool, is_cut: bool, known: Posts | None = None) -> EditionRows:
    """Turn a reading into its edition and the rows that keep it; the same content gives the same ids."""
    document = reading.document
    document_id = document.document_id
    known = known or Posts()
    posts = [known.post(document_id, entry) for entry in sorted(reading.entries, key=lambda one: one.position)]
    shell = _shell(reading, is_item=is_item, is_cut=is_cut)
    refused = [_refused(one) for one in reading.rejects]
    conflicts = [_contradiction(one) for one in reading.conflicts]
    content = [shell, [one.statement.statement_id for one in posts], refused, conflicts]
    edition_id = digest_within(document_id, "edition", _json(content))
    key = {"edition_id": edition_id, "document_id": document_id}
    return EditionRows(
        edition=edition_from({**key, **shell}, tuple(one.statement for one in posts)),
        row={**key, **shell},
        wordings=tuple(one.wording_row for one in posts),
        statements=tuple(one.statement_row for one in posts),
        rejects=tuple(_named("reject_id", {**key, "snapshot_id": None, **one}) for one in refused),
        conflicts=tuple(_named("conflict_id", {**key, **one}) for one in conflicts),
    )


def edition_from(row: Row, statements: tuple[Statement, ...]) -> Edition:
    """Make the value of an edition's row and its statements in page order."""
    return Edition(
        edition_id=row["edition_id"],
        document_id=row["document_id"],
        kind=Kind(row["kind"]),
        order=Order(row["entry_order"]),
        facts=facts_of(row["stated"], row["title"]),
        statements=statements,
        is_item=row["is_item"],
        is_complete=row["is_complete"],
        shows=row["shows"],
        page=row["page"],
        pages=row["pages"],
        total=row["total"],
        is_cut=row["is_cut"],
        refused=row["refused"],
    )


def compared_text(headline: str | None, body: str) -> str:
    """Return what identity compares: headline and body."""
    return f"{headline}\n{body}" if headline else body


def _shell(reading: Reading, *, is_item: bool, is_cut: bool) -> Row:
    document: Document = reading.document
    window = document.window
    return {
        "kind": str(document.kind),
        "title": scrubbed(document.title),
        "entry_order": str(reading.order),
        "is_item": is_item,
        "is_complete": window.is_complete,
        "shows": window.shows,
        "page": window.page,
        "pages": window.pages,
        "total": window.total,
        "is_cut": is_cut,
        "refused": len(reading.rejects),
        "stated": stated_of(reading),
    }


def _post(document_id: str, entry: Entry) -> _Post:
    wording = _wording(entry)
    row: Row = {
        "wording_id": wording["wording_id"],
        "anchor": scrubbed(entry.anchor),
        "datings": {
            "created": listed(entry.created),
            "published": listed(entry.published),
            "modified": listed(entry.modified),
            "shown": listed(entry.shown),
        },
        "is_pinned": entry.is_pinned,
        "is_key_event": entry.is_key_event,
        "is_summary": entry.is_summary,
        "is_deleted": entry.is_deleted,
        "boundary_probability": entry.boundary_probability,
        "joined_probability": entry.joined_probability,
    }
    statement_id = digest_within(document_id, "statement", _json(row))
    statement = Statement(
        statement_id=statement_id,
        wording_id=wording["wording_id"],
        text=compared_text(wording["headline"], wording["body"]),
        anchor=row["anchor"],
        created=entry.created,
        published=entry.published,
        modified=entry.modified,
        shown=entry.shown,
        is_pinned=entry.is_pinned,
        is_key_event=entry.is_key_event,
        is_summary=entry.is_summary,
        is_deleted=entry.is_deleted,
    )
    return _Post(statement=statement, wording_row=wording, statement_row={"statement_id": statement_id, **row})


def _wording(entry: Entry) -> Row:
    headline, body = scrubbed(entry.headline), scrub(entry.text)
    return {
        "wording_id": entry.content_digest,
        "headline": headline,
        "body": body,
        "author": scrubbed(entry.author),
        "embeds": [_embed(one) for one in entry.embeds],
        "word_count": len(compared_text(headline, body).split()),
    }


def _embed(embed: Embed) -> Row:
    return {
        "kind": embed.kind,
        "url": scrubbed(embed.url),
        "text": scrubbed(embed.text),
        "author": scrubbed(embed.author),
    }


def _refused(reject: Reject) -> Row:
    return {"piece": scrub(reject.where), "why": scrub(reject.why)}


def _contradiction(conflict: Conflict) -> Row:
    return {
        "piece": scrub(conflict.where),
        "about": scrub(conflict.about),
        "kept": scrub(conflict.kept),
        "other": scrub(conflict.other),
        "why": scrub(conflict.why),
    }


def _named(key: str, row: Row) -> Row:
    return {key: digest_within(row["document_id"], key, _json(row)), **row}


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
