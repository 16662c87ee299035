"""The assets that the DAGs make, so that others can run when they change.

An event is a hint and never the data: whoever it wakes takes everything not yet done from the warehouse.
"""

from airflow.sdk import Asset

LIVE_ENTRIES = Asset(name="live_entries", uri="dateline://warehouse/fct_entries", group="dateline")
"""Documents and entries, as loaded from snapshots."""

SYNDICATION_LINKS = Asset(name="syndication_links", uri="dateline://warehouse/fct_syndications", group="dateline")
"""Which copy came from which origin."""

ANALYST_VIEWS = Asset(name="analyst_views", uri="dateline://warehouse/views", group="dateline")
"""The views that analysts query, checked."""
