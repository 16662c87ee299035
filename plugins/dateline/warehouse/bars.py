"""What may not come in again: the captures, bodies, addresses, publishers and sources that were erased.

A digest keeps out the very bytes, wherever they come from: a file that is dropped again, a copy of the archive.
An address, a publisher or a source keeps out what would be fetched or read anew. A rule of age keeps out the
captures that it took and nothing else: what a page says today is not what was erased.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, select

from dateline.model import Document, Reading, Reject, normal_url
from dateline.source import Source
from dateline.warehouse.engine import reading_from
from dateline.warehouse.erasure_choice import why_erased
from dateline.warehouse.erasure_log import Erasure, Rule, erased_among, erasures
from dateline.warehouse.erasure_tables import fct_erased_snapshots, fct_erasures
from dateline.warehouse.ledger import StoredSnapshot
from dateline.warehouse.rows import in_portions


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The erasures whose rules still hold."""

    erasures: tuple[Erasure, ...] = ()

    def of_source(self, source: Source) -> Erasure | None:
        """Return the erasure that keeps a source from being asked."""
        return self._first(source.source_id, [source.url], [source.publisher])

    def of_capture(self, source_id: str, url: str | None) -> Erasure | None:
        """Return the erasure that names a capture by its source or address."""
        return self._first(source_id, [url], [])

    def of_document(self, source_id: str, document: Document) -> Erasure | None:
        """Return the erasure that names what was read."""
        return self._first(source_id, [document.url, document.canonical_url], [document.carrier])

    def sifted(self, source_id: str, readings: Sequence[Reading]) -> tuple[Reading, ...] | Erasure:
        """Leave out the items of a page that were erased, each with a reject; or return what bars the page itself."""
        if not self.erasures:
            return tuple(readings)
        page, *items = readings
        erasure = self.of_document(source_id, page.document)
        if erasure is not None:
            return erasure
        barred = {place: self.of_document(source_id, one.document) for place, one in enumerate(items, start=1)}
        refused = tuple(
            Reject(where=f"item {place}", why=why_erased(one.erasure_id)) for place, one in barred.items() if one
        )
        kept = [one for place, one in enumerate(items, start=1) if barred[place] is None]
        return (replace(page, rejects=(*page.rejects, *refused)), *kept)

    def _first(self, source_id: str, urls: Iterable[str | None], publishers: Iterable[str | None]) -> Erasure | None:
        addresses = {normal_url(url) for url in urls if url}
        names = {name.casefold() for name in publishers if name}
        return next((one for one in self.erasures if _names(one.rule, source_id, addresses, names)), None)


NO_BARS = Bars()


def bars_in(engine: Engine) -> Bars:
    """Return the rules that keep something out now."""
    return Bars(erasures=tuple(one for one in erasures(engine) if one.lifted_at is None and one.rule.is_lasting))


def refused_among(engine: Engine, captures: Iterable[StoredSnapshot]) -> dict[str, str]:
    """Return which of these captures may not come in, by id, with the reason."""
    by_id = {one.snapshot_id: one for one in captures}
    bars = bars_in(engine)
    found: dict[str, str] = {}
    for snapshot_id, one in by_id.items():
        erasure = bars.of_capture(one.source_id, one.url)
        if erasure is not None:
            found[snapshot_id] = why_erased(erasure.erasure_id)
    with reading_from(engine) as connection:
        found |= _by_digest(connection, by_id)
    return found


def _by_digest(connection: Connection, by_id: Mapping[str, StoredSnapshot]) -> dict[str, str]:
    barred: dict[str, str] = {}
    for portion in in_portions(by_id):
        barred |= dict.fromkeys(erased_among(connection, portion), "this very capture was erased before")
    columns = fct_erased_snapshots.c
    for portion in in_portions({one.body_digest for one in by_id.values()}):
        wanted = (
            select(columns.body_digest, columns.erasure_id)
            .join(fct_erasures, fct_erasures.c.erasure_id == columns.erasure_id)
            .where(columns.body_digest.in_(portion), columns.is_body_barred, fct_erasures.c.lifted_at.is_(None))
        )
        erased = {row.body_digest: row.erasure_id for row in connection.execute(wanted)}
        barred |= {
            snapshot_id: why_erased(erased[one.body_digest])
            for snapshot_id, one in by_id.items()
            if one.body_digest in erased
        }
    return barred


def _names(rule: Rule, source_id: str, addresses: set[str], publishers: set[str]) -> bool:
    return (
        rule.source_id in {None, source_id}
        and (rule.address is None or rule.address in addresses)
        and (rule.publisher is None or rule.publisher.casefold() in publishers)
    )
