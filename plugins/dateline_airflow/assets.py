"""The assets that the DAGs make, so that others can run when they change.

An event is a hint and never the data: whoever it wakes takes everything not yet done from the warehouse. Its
``extra`` says what changed, in counts and in a few ids.
"""

from airflow.sdk import Asset, AssetWatcher

from dateline_airflow.triggers import SourcesDue

LIVE_ENTRIES = Asset(name="live_entries", uri="dateline://warehouse/fct_entries", group="dateline")
"""Documents and entries, as loaded from snapshots."""

LIVE_BLOGS = Asset(name="live_blogs", uri="dateline://warehouse/dim_documents", group="dateline")
"""The same, one partition for each document that changed; its key is the ``document_id``.

For a DAG that follows single live blogs: ``schedule=PartitionedAssetTimetable(assets=LIVE_BLOGS)`` runs once for each.
"""

SYNDICATION_LINKS = Asset(name="syndication_links", uri="dateline://warehouse/fct_syndications", group="dateline")
"""Which copy came from which origin."""

ANALYST_VIEWS = Asset(name="analyst_views", uri="dateline://warehouse/views", group="dateline")
"""The views that analysts query, checked."""

DUE_SOURCES = Asset(
    name="due_sources",
    uri="dateline://warehouse/source_schedules",
    group="dateline",
    watchers=[AssetWatcher(name="sources_due_within_the_minute", trigger=SourcesDue())],
)
"""Sources that fall due between two minutes: those whose interval is below a minute, and those that were woken."""
