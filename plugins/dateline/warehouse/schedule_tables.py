"""What polling has to remember: when to ask each source again, whose turn it is at each host, what robots.txt said."""

from sqlalchemy import Column, Index, Table

from dateline.warehouse.columns import instant, key, link, words
from dateline.warehouse.metadata import STRICT, Json, Whole, metadata

source_schedules = Table(
    "source_schedules",
    metadata,
    link("source_id", "dim_sources.source_id", "The source.", is_key=True),
    instant("due_at", "When to ask next; null where it is not asked any more."),
    words("why", "Why then, in words."),
    Column("polls", Whole, nullable=False, comment="Requests since the start."),
    instant("polled_at", "When it was last asked."),
    words("failed", "What went wrong at the last poll, in one word.", is_null=True),
    Column("state", Json, nullable=False, comment="All that the next poll is decided from: a JSON object."),
    Index("ix_source_schedules_due", "due_at"),
    comment="When to ask a source again, and why then. Grain: one row per polled source.",
    **STRICT,
)

host_turns = Table(
    "host_turns",
    metadata,
    key("host", "The host, with its port where that is not the usual one."),
    instant("next_at", "When the next request may go out.", is_null=False),
    instant("held_until", "Until when a worker holds the turn, unless it gives it back earlier."),
    comment="Turns at hosts, across all workers. Grain: one row per host that was asked.",
    **STRICT,
)

robots_files = Table(
    "robots_files",
    metadata,
    key("origin", "Scheme, host and port."),
    words("body", "The file; null where it could not be had, so nothing is allowed.", is_null=True),
    instant("read_at", "When it was read.", is_null=False),
    instant("expires_at", "When it is asked for again.", is_null=False),
    comment="What robots.txt files said. Grain: one row per origin.",
    **STRICT,
)

followed_pages = Table(
    "followed_pages",
    metadata,
    link("source_id", "dim_sources.source_id", "The live blog, as a source of its own.", is_key=True),
    link("found_by", "dim_sources.source_id", "The feed or topic page that named it."),
    words("url", "Its address."),
    instant("found_at", "The capture that named it first.", is_null=False),
    instant("ended_at", "When it was left, because its coverage closed or went quiet; null while it is followed."),
    words("why", "Why it is followed, or why no more."),
    Index("ix_followed_pages_found_by", "found_by"),
    comment="Live blogs that a feed or topic page led to. Grain: one row per live blog found.",
    **STRICT,
)

source_opt_outs = Table(
    "source_opt_outs",
    metadata,
    link("source_id", "dim_sources.source_id", "The source.", is_key=True),
    key("place", "Where the publisher says so: robots.txt, a header, a meta element, tdmrep.json."),
    words("evidence", "What stands there, as found."),
    instant("first_seen_at", "When it was first found there.", is_null=False),
    instant("last_seen_at", "When it was last found there.", is_null=False),
    comment="Refusals of AI training and of text and data mining. Grain: one row per source and place.",
    **STRICT,
)

websub_subscriptions = Table(
    "websub_subscriptions",
    metadata,
    key("subscription_id", "An unguessable name: it stands in the address that the hub calls."),
    link("source_id", "dim_sources.source_id", "The feed."),
    words("hub", "The hub that the feed offers."),
    words("topic", "The feed's own address, as it states it."),
    words("secret", "What the hub signs its messages with."),
    instant("asked_at", "When the hub was last asked.", is_null=False),
    Column("asks", Whole, nullable=False, comment="How often it was asked since it last confirmed."),
    instant("confirmed_at", "When the hub last confirmed."),
    instant("expires_at", "Until when it has promised to tell what is new; null where it has not."),
    instant("ended_at", "When we gave it up; null while we want it."),
    instant("notified_at", "When it last told of news, signed."),
    Column("notifications", Whole, nullable=False, comment="How often it told of news."),
    words("why", "Why it is refused or ended.", is_null=True),
    Index("ix_websub_subscriptions_source", "source_id"),
    comment="Subscriptions at the hubs of feeds (WebSub). Grain: one row per subscription.",
    **STRICT,
)
