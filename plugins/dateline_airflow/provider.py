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


def dataset_of(asset: "Asset", lineage_context: Any) -> "Dataset":
    """Name and describe the table behind an asset. Airflow imports this whenever it parses, so the rest comes late."""
    from dateline_airflow import lineage  # noqa: PLC0415 - opens SQLAlchemy

    return lineage.dataset_of(asset, lineage_context)
