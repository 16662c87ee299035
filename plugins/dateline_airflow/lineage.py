"""Dateline's assets as OpenLineage names them: tables of the warehouse, with what each table and column means.

Wanted only where ``apache-airflow-providers-openlineage`` is installed and its transport is set.
"""

from typing import Any

from airflow.providers.common.compat.openlineage.facet import (
    Dataset,
    DocumentationDatasetFacet,
    SchemaDatasetFacet,
    SchemaDatasetFacetFields,
)
from airflow.sdk import Asset
from sqlalchemy import Table
from sqlalchemy.engine import make_url

from dateline.warehouse.tables import metadata
from dateline_airflow.hooks import installation


def dataset_of(asset: Asset, lineage_context: Any) -> Dataset:  # noqa: ARG001 - Airflow passes it
    """Name the table behind an asset, without any password, and describe it as its comments do."""
    namespace, name = named(installation().warehouse, asset.uri.rpartition("/")[2])
    table = metadata.tables.get(asset.uri.rpartition("/")[2])
    return Dataset(namespace=namespace, name=name, facets=_facets(table) if table is not None else {})


def named(warehouse: str, table: str) -> tuple[str, str]:
    """Return a table's namespace and name by OpenLineage's naming rules; it has none for SQLite.

    https://openlineage.io/docs/spec/naming

    >>> named("postgresql+psycopg://ana:secret@db.example/dateline", "fct_entries")
    ('postgres://db.example:5432', 'dateline.public.fct_entries')
    >>> named("sqlite:////var/dateline/warehouse.db", "fct_entries")
    ('sqlite:/var/dateline/warehouse.db', 'fct_entries')
    """
    url = make_url(warehouse)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:{url.database}", table
    return f"postgres://{url.host}:{url.port or 5432}", f"{url.database}.public.{table}"


def _facets(table: Table) -> dict[str, Any]:
    columns = [
        SchemaDatasetFacetFields(name=one.name, type=str(one.type), description=one.comment) for one in table.columns
    ]
    return {
        "schema": SchemaDatasetFacet(fields=columns),
        "documentation": DocumentationDatasetFacet(description=table.comment or ""),
    }
