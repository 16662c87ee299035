"""The Airflow plugin of Dateline: the one file under ``plugins/`` that Airflow itself imports."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin


class DatelinePlugin(AirflowPlugin):
    """Makes Dateline known to Airflow: a page in the UI, at ``/plugin/dateline``."""

    name = "dateline"
    external_views = [  # noqa: RUF012 - Airflow reads it off the class
        {"name": "Dateline", "href": "/dateline/", "destination": "nav", "category": "browse", "url_route": "dateline"}
    ]

    @property
    def fastapi_apps(self) -> list[dict[str, Any]]:  # type: ignore[override] # a property: workers never import FastAPI
        """Mount the page in the API server."""
        from dateline_airflow.ops_page import app  # noqa: PLC0415 - only the API server asks for it

        return [{"app": app, "url_prefix": "/dateline", "name": "Dateline"}]
