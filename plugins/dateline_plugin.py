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
        """Mount the page in the API server; and what hubs call, where the settings say that they can reach it."""
        from dateline.settings import load_settings  # noqa: PLC0415 - only the API server asks for it
        from dateline_airflow.ops_page import app  # noqa: PLC0415 - the same

        mounted = [{"app": app, "url_prefix": "/dateline", "name": "Dateline"}]
        if load_settings().websub_callback:
            from dateline_airflow import websub_callback  # noqa: PLC0415 - the same

            mounted.append(
                {"app": websub_callback.app, "url_prefix": websub_callback.PREFIX, "name": "Dateline WebSub"}
            )
        return mounted
