"""Airflow connections for the warehouse and the archive: where an installation keeps its addresses and passwords.

Either is optional. A ``DATELINE_*`` variable wins over a connection, and that over ``airflow.cfg``. Airflow masks
a connection's password in every log from the moment that a task has read it.
"""

import os
from dataclasses import replace
from typing import Any

import fsspec
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from dateline.errors import SettingsError
from dateline.settings import Settings, load_settings
from dateline.warehouse.engine import open_warehouse

_ABSENT = (AirflowNotFoundException, AirflowRuntimeError)  # outside of a task nobody can be asked


class WarehouseHook(BaseHook):
    """The warehouse that a connection names: ``host``, ``login``, ``password``, ``schema``; a PostgreSQL server.

    What stands in ``extra`` goes to the server's driver as it is (``{"sslmode": "verify-full"}``).
    """

    conn_name_attr = "warehouse_conn_id"
    default_conn_name = "dateline_warehouse"
    conn_type = "dateline_warehouse"
    hook_name = "Dateline warehouse"

    def __init__(self, warehouse_conn_id: str = default_conn_name, **kwargs: Any) -> None:
        """Name the connection."""
        super().__init__(**kwargs)
        self.warehouse_conn_id = warehouse_conn_id

    @classmethod
    def get_ui_field_behaviour(cls) -> dict[str, Any]:
        """Show the fields that mean something, by the names they have in PostgreSQL."""
        return {
            "hidden_fields": [],
            "relabeling": {"schema": "Database", "login": "User"},
            "placeholders": {
                "host": "warehouse.example",
                "port": "5432",
                "schema": "dateline",
                "extra": '{"sslmode": "verify-full"}',
            },
        }

    def url(self) -> str:
        """Return the SQLAlchemy URL, password included: keep it out of messages."""
        found = self.get_connection(self.warehouse_conn_id)
        if found.conn_type == "sqlite":
            return f"sqlite:///{found.host or found.schema}"
        options = {name: str(value) for name, value in found.extra_dejson.items()}
        address = URL.create(
            "postgresql", found.login, found.password, found.host or "127.0.0.1", found.port, found.schema, options
        )
        return address.render_as_string(hide_password=False)

    def get_conn(self) -> Engine:
        """Open the warehouse."""
        return open_warehouse(self.url())


class ArchiveHook(BaseHook):
    """The archive that a connection names: its address in ``host``, a bucket's keys in ``login`` and ``password``.

    What stands in ``extra`` goes to fsspec as it is (``{"endpoint_url": "https://…"}``).
    """

    conn_name_attr = "archive_conn_id"
    default_conn_name = "dateline_archive"
    conn_type = "dateline_archive"
    hook_name = "Dateline archive"

    def __init__(self, archive_conn_id: str = default_conn_name, **kwargs: Any) -> None:
        """Name the connection."""
        super().__init__(**kwargs)
        self.archive_conn_id = archive_conn_id

    @classmethod
    def get_ui_field_behaviour(cls) -> dict[str, Any]:
        """Show the address, the keys, and further options."""
        return {
            "hidden_fields": ["port", "schema"],
            "relabeling": {"host": "Address", "login": "Access key", "password": "Secret key"},
            "placeholders": {"host": "s3://bucket/folder", "extra": '{"endpoint_url": "https://s3.example"}'},
        }

    def url(self) -> str:
        """Return the archive's address, and tell fsspec the keys and options that go with it.

        Raises :class:`SettingsError` where ``host`` holds none: a bucket's bare name would become a local folder.
        """
        found = self.get_connection(self.archive_conn_id)
        address = found.host or ""
        if not address.startswith("/") and "://" not in address:
            raise SettingsError(
                f"connection {self.archive_conn_id}: its address (host) is {address!r}. Write s3://bucket/folder or an "
                "absolute path there; a connection that is written as one URI cannot hold it: write it as JSON."
            )
        options = dict(found.extra_dejson)
        if found.login:
            options |= {"key": found.login, "secret": found.password}
        if options:
            fsspec.config.conf.setdefault(address.partition("://")[0], {}).update(options)
        return address

    def get_conn(self) -> str:
        """Return the address: the archive opens each file by itself."""
        return self.url()


def installation() -> Settings:
    """Return the settings as a task has them: variables, then connections, then ``airflow.cfg``."""
    settings = load_settings()
    return replace(settings, warehouse=warehouse_url(settings), archive=_found("archive", ArchiveHook, settings))


def warehouse_url(settings: Settings) -> str:
    """Return the warehouse's URL as a task has it: one question to Airflow, for whoever asks every few seconds."""
    return _found("warehouse", WarehouseHook, settings)


def _found(key: str, hook: type[WarehouseHook | ArchiveHook], settings: Settings) -> str:
    """Return what a connection says of a setting; the setting itself where a variable wins or none is there."""
    stated = str(getattr(settings, key))
    if any(os.environ.get(f"{prefix}_{key.upper()}") for prefix in ("DATELINE", "AIRFLOW__DATELINE_")):
        return stated
    try:
        return hook().url()
    except _ABSENT:
        return stated
