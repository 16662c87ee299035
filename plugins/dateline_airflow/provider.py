"""What Airflow learns of Dateline as a provider: connection types with their forms, and its assets as lineage.

The entry point ``apache_airflow_provider`` in pyproject.toml names :func:`describe`.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult

if TYPE_CHECKING:
    from airflow.providers.common.compat.openlineage.facet import Dataset
    from airflow.sdk import Asset


def describe() -> dict[str, Any]:
    """Describe the provider, in the shape of Airflow's ``provider_info.schema.json``."""
    return {
        "package-name": "dateline",
        "name": "Dateline",
        "description": "Live coverage, archived, split and kept in a SQL warehouse.",
        "connection-types": [
            {"connection-type": "dateline_warehouse", "hook-class-name": "dateline_airflow.hooks.WarehouseHook"},
            {"connection-type": "dateline_archive", "hook-class-name": "dateline_airflow.hooks.ArchiveHook"},
        ],
        "asset-uris": [
            {
                "schemes": ["dateline"],
                "handler": "dateline_airflow.provider.checked_address",
                "to_openlineage_converter": "dateline_airflow.provider.dataset_of",
            }
        ],
    }


def checked_address(address: SplitResult) -> SplitResult:
    """Refuse an asset whose address names nothing."""
    if not address.netloc:
        raise ValueError("A Dateline asset is dateline://warehouse/TABLE.")
    return address


def dataset_of(asset: "Asset", lineage_context: Any) -> "Dataset":  # noqa: ARG001 - Airflow passes it
    """Name the table of the warehouse behind an asset as OpenLineage names tables, without any password."""
    from airflow.providers.common.compat.openlineage.facet import Dataset  # noqa: PLC0415 - wanted with OpenLineage only

    from dateline_airflow.hooks import installation  # noqa: PLC0415 - opens SQLAlchemy

    return Dataset(namespace=namespace_of(installation().warehouse), name=asset.uri.rpartition("/")[2])


def namespace_of(warehouse: str) -> str:
    """Name a warehouse in OpenLineage's way.

    >>> namespace_of("postgresql+psycopg://ana:secret@db.example/dateline")
    'postgres://db.example:5432/dateline'
    >>> namespace_of("sqlite:////var/dateline/warehouse.db")
    'sqlite:/var/dateline/warehouse.db'
    """
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - wanted with OpenLineage only

    url = make_url(warehouse)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:{url.database}"
    return f"postgres://{url.host}:{url.port or 5432}/{url.database}"
