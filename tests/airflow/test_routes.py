"""Every route that the plugin mounts, asked by a stranger: closed, but for the two that hubs need."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from dateline_plugin import DatelinePlugin

OPEN_TO_HUBS = {("GET", "/dateline-websub/{subscription_id}"), ("POST", "/dateline-websub/{subscription_id}")}


@pytest.fixture
def routes(monkeypatch, sqlite_warehouse):
    monkeypatch.setenv("DATELINE_WEBSUB_CALLBACK", "https://airflow.example/dateline-websub")
    monkeypatch.setenv("DATELINE_WAREHOUSE", sqlite_warehouse.url.render_as_string(hide_password=False))
    return [
        (method, mounted["url_prefix"], route, TestClient(mounted["app"]))
        for mounted in DatelinePlugin().fastapi_apps
        for route in mounted["app"].routes
        for method in sorted(route.methods or ())
    ]


def test_a_stranger_is_turned_away_at_every_route_but_those_of_hubs(routes):
    open_ones = set()
    for method, prefix, route, stranger in routes:
        assert isinstance(route, APIRoute), "no docs, no schema"
        status = stranger.request(method, route.path.replace("{", "").replace("}", "")).status_code
        if status != 401:
            open_ones.add((method, f"{prefix}{route.path}"))
            assert status in {404, 410}
    assert len(routes) > len(open_ones)
    assert open_ones == OPEN_TO_HUBS
