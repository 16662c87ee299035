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
from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment
from sqlalchemy import Engine

from dateline.errors import ArchiveError
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
LAG = """select carrier, count(*) as posts,
    min(unixepoch(first_seen_at) - unixepoch(published_at)) as shortest,
    round(cast(avg(unixepoch(first_seen_at) - unixepoch(published_at)) as numeric), 0) as mean,
    max(unixepoch(first_seen_at) - unixepoch(published_at)) as longest
from current_entries
where published_precision in ('second', 'minute') and published_at >= '{since}'
group by carrier order by posts desc limit 50"""
NUMBERS = {
    "sources": "select count(*) as n from dim_sources where is_enabled",
    "in trouble": "select count(*) as n from source_health where last_failure is not null",
    "waiting to be read": "select count(*) as n from fct_snapshots where state = 'stored'",
    "quarantined": "select count(*) as n from fct_snapshots where state = 'quarantined'",
    "documents": "select count(*) as n from dim_documents",
    "entries": "select count(*) as n from fct_entries",
    "lying validators": "select count(*) as n from validator_lies",
}

app = FastAPI(title="Dateline", docs_url=None, redoc_url=None, openapi_url=None)
ALLOWED = [Depends(requires_access_view(AccessView.WEBSITE))]
_template = Environment(autoescape=True).from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))


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
    head = f"{stored[0].url or 'address unknown'}\ncaptured {stored[0].captured_at}, status {stored[0].status}\n\n"
    return PlainTextResponse(head + body.decode("utf-8", "replace"), headers=SAFE)


def contents(engine: Engine) -> Mapping[str, Any]:
    """Read what the page shows."""
    since = datetime.now(UTC) - timedelta(days=1)
    numbers = {name: _rows(engine, sql)[0]["n"] for name, sql in NUMBERS.items()}
    sources = _rows(engine, SOURCES)
    return {
        "numbers": numbers,
        "sources": sources,
        "shown": len(sources),
        "sources_total": numbers["sources"],
        "rejects": _rows(engine, REJECTS),
        "lag": _rows(engine, LAG.replace("{since}", f"{since:%Y-%m-%dT%H:%M:%S}")),
    }


def _rows(engine: Engine, sql: str) -> list[dict[str, Cell]]:
    return query(engine, sql, limit=MOST).as_dicts()
