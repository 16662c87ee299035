"""The Airflow plugin of Dateline: the one file under ``plugins/`` that Airflow itself imports."""

from airflow.plugins_manager import AirflowPlugin


class DatelinePlugin(AirflowPlugin):
    """Makes Dateline known to Airflow; its pages and routes hang here."""

    name = "dateline"
