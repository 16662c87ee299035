"""Dateline's page in Airflow's UI: sources, lag, and what was refused, with a link to each page as it was stored.

Everything is read from the views. Only who may see Airflow's site may see it; what a page said reaches the browser
as text, never as markup.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
from airflow.api_fastapi.core_api.security import requires_access_view
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment
from sqlalchemy import Engine

from dateline.errors import ArchiveError, StoreError, WarehouseError
from dateline.ingest.installation import opened
from dateline.warehouse.ledger import find_stored
from dateline.warehouse.query import Cell, query
from dateline_airflow.hooks import installation

MOST = 200
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups "
    "allow-popups-to-escape-sandbox allow-same-origin allow-top-navigation-by-user-activation",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

SOURCES = "select * from source_health order by last_failure is null, waiting desc, quarantined desc, source_id"
REJECTS = "select * from rejects order by captured_at desc, reject_id"
NUMBERS = "select * from warehouse_overview order by place"
LAG = "publication_lag"
CARRIERS = 50

app = FastAPI(title="Dateline", docs_url=None, redoc_url=None, openapi_url=None)
ALLOWED = [Depends(requires_access_view(AccessView.WEBSITE))]
_template = Environment(autoescape=True).from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))


@app.exception_handler(WarehouseError)
def no_warehouse(_: Request, error: Exception) -> Response:
    """Say why there is no page: a server that is down, or a warehouse of another version."""
    return PlainTextResponse(str(error), 503, headers=SAFE)


@app.get("/", dependencies=ALLOWED)
def page() -> HTMLResponse:
    """Show the page."""
    with opened(installation()) as (engine, _):
        return HTMLResponse(_template.render(contents(engine)), headers=SAFE)


@app.get("/snapshots/{snapshot_id}", dependencies=ALLOWED)
def snapshot(snapshot_id: str) -> Response:
    """Show what a source answered, as it was stored: as text, whatever it is."""
    with opened(installation()) as (engine, archive):
        stored = find_stored(engine, [snapshot_id])
        if not stored:
            raise HTTPException(404, "No snapshot has this id.")
        try:
            body = archive.read(stored[0].location).body
        except ArchiveError as error:
            raise HTTPException(404, str(error)) from error
        except StoreError as error:
            raise HTTPException(503, str(error)) from error
    head = f"{stored[0].url or 'address unknown'}\ncaptured {stored[0].captured_at}, status {stored[0].status}\n\n"
    return PlainTextResponse(head + body.decode("utf-8", "replace"), headers=SAFE)


def contents(engine: Engine) -> Mapping[str, Any]:
    """Read what the page shows."""
    since = datetime.now(UTC) - timedelta(days=1)
    numbers = {str(one["figure"]): one["number"] for one in _rows(engine, NUMBERS)}
    sources = _rows(engine, SOURCES)
    return {
        "numbers": numbers,
        "sources": sources,
        "shown": len(sources),
        "sources_total": numbers["sources"],
        "rejects": _rows(engine, REJECTS),
        "lag": query(engine, LAG, given={"since": since.isoformat()}, limit=CARRIERS).as_dicts(),
    }


def _rows(engine: Engine, sql: str) -> list[dict[str, Cell]]:
    return query(engine, sql, limit=MOST).as_dicts()
