CREATE TABLE data_dictionary (
    object_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    meaning TEXT NOT NULL,
    CONSTRAINT pk_data_dictionary PRIMARY KEY (object_name, column_name)
)
 STRICT;

CREATE TABLE dim_boilerplate_prints (
    print INTEGER NOT NULL,
    texts INTEGER NOT NULL,
    days INTEGER NOT NULL,
    CONSTRAINT pk_dim_boilerplate_prints PRIMARY KEY (print)
)
 STRICT;

CREATE TABLE dim_publishers (
    publisher_id TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_dim_publishers PRIMARY KEY (publisher_id)
)
 STRICT;

CREATE TABLE dim_sources (
    source_id TEXT NOT NULL,
    url TEXT,
    kind TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    language TEXT,
    zone TEXT,
    format TEXT,
    interval_seconds INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL,
    min_entries INTEGER,
    max_entries INTEGER,
    max_age_hours INTEGER,
    CONSTRAINT pk_dim_sources PRIMARY KEY (source_id),
    CONSTRAINT ck_dim_sources_kind_known CHECK (kind in ('feed', 'live_page', 'topic_page', 'article', 'sitemap', 'api', 'drop')),
    CONSTRAINT ck_dim_sources_interval_positive CHECK (interval_seconds >= 1)
)
 STRICT;

CREATE TABLE dim_wordings (
    wording_id TEXT NOT NULL,
    headline TEXT,
    body TEXT NOT NULL,
    author TEXT,
    embeds TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    CONSTRAINT pk_dim_wordings PRIMARY KEY (wording_id)
)
 STRICT;

CREATE TABLE fct_check_results (
    check_result_id TEXT NOT NULL,
    check_name TEXT NOT NULL,
    ran_at TEXT NOT NULL,
    offending INTEGER NOT NULL,
    sample TEXT NOT NULL,
    CONSTRAINT pk_fct_check_results PRIMARY KEY (check_result_id),
    CONSTRAINT ck_fct_check_results_offending_is_a_count CHECK (offending >= 0)
)
 STRICT;

CREATE INDEX ix_fct_check_results_of_check ON fct_check_results (check_name, ran_at);

CREATE TABLE fct_editions (
    edition_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT,
    entry_order TEXT NOT NULL,
    is_item INTEGER NOT NULL,
    is_complete INTEGER NOT NULL,
    shows TEXT,
    page INTEGER,
    pages INTEGER,
    total INTEGER,
    is_cut INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    stated TEXT NOT NULL,
    CONSTRAINT pk_fct_editions PRIMARY KEY (edition_id),
    CONSTRAINT ck_fct_editions_kind_known CHECK (kind in ('article', 'live_blog', 'feed', 'topic_page')),
    CONSTRAINT ck_fct_editions_order_known CHECK (entry_order in ('newest-first', 'oldest-first', 'editorial', 'unknown'))
)
 STRICT;

CREATE INDEX ix_fct_editions_of_document ON fct_editions (document_id);

CREATE TABLE fct_erasures (
    erasure_id TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    source_id TEXT,
    publisher TEXT,
    address TEXT,
    before_at TEXT,
    is_retention INTEGER NOT NULL,
    snapshots INTEGER NOT NULL,
    archive_bytes INTEGER NOT NULL,
    removed TEXT NOT NULL,
    finished_at TEXT,
    lifted_at TEXT,
    CONSTRAINT pk_fct_erasures PRIMARY KEY (erasure_id),
    CONSTRAINT ck_fct_erasures_names_something CHECK (source_id is not null or publisher is not null or address is not null or before_at is not null)
)
 STRICT;

CREATE TABLE fct_match_queue (
    ticket TEXT NOT NULL,
    document_id TEXT NOT NULL,
    CONSTRAINT pk_fct_match_queue PRIMARY KEY (ticket)
)
 STRICT;

CREATE INDEX ix_fct_match_queue_of_document ON fct_match_queue (document_id);

CREATE TABLE fct_prints (
    print INTEGER NOT NULL,
    text_key INTEGER NOT NULL,
    CONSTRAINT pk_fct_prints PRIMARY KEY (print, text_key)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE fct_verdicts (
    link_id TEXT NOT NULL,
    is_copy INTEGER NOT NULL,
    origin_document_id TEXT,
    person TEXT NOT NULL,
    why TEXT,
    said_at TEXT NOT NULL,
    CONSTRAINT pk_fct_verdicts PRIMARY KEY (link_id)
)
 STRICT;

CREATE TABLE host_turns (
    host TEXT NOT NULL,
    next_at TEXT NOT NULL,
    held_until TEXT,
    CONSTRAINT pk_host_turns PRIMARY KEY (host)
)
 STRICT;

CREATE TABLE robots_files (
    origin TEXT NOT NULL,
    body TEXT,
    read_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT pk_robots_files PRIMARY KEY (origin)
)
 STRICT;

CREATE TABLE dim_documents (
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    canonical_url TEXT,
    title TEXT,
    language TEXT,
    categories TEXT NOT NULL,
    credits TEXT NOT NULL,
    lead_text TEXT,
    carrier_id TEXT,
    origin_id TEXT,
    origin_reason TEXT,
    origin_confidence REAL,
    published_at TEXT,
    published_earliest TEXT,
    published_latest TEXT,
    published_precision TEXT NOT NULL,
    published_basis TEXT,
    published_stated TEXT,
    modified_at TEXT,
    modified_earliest TEXT,
    modified_latest TEXT,
    modified_precision TEXT NOT NULL,
    modified_basis TEXT,
    modified_stated TEXT,
    entry_order TEXT NOT NULL,
    coverage_start_stated TEXT,
    coverage_end_stated TEXT,
    format TEXT NOT NULL,
    is_item INTEGER NOT NULL,
    has_positional_anchors INTEGER NOT NULL,
    is_rolling INTEGER NOT NULL,
    least_refused INTEGER,
    newest_modified_at TEXT,
    first_seen_at TEXT,
    last_seen_at TEXT,
    last_captured_at TEXT,
    last_snapshot_id TEXT NOT NULL,
    last_place INTEGER NOT NULL,
    last_edition_id TEXT NOT NULL,
    content_id TEXT NOT NULL,
    CONSTRAINT pk_dim_documents PRIMARY KEY (document_id),
    CONSTRAINT ck_dim_documents_published_bounds_in_order CHECK (published_earliest <= published_latest),
    CONSTRAINT ck_dim_documents_published_within_bounds CHECK (published_earliest <= published_at and published_at <= published_latest),
    CONSTRAINT ck_dim_documents_published_precision_known CHECK (published_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_dim_documents_published_precision_agrees CHECK ((published_precision in ('bounded', 'unknown')) = (published_at is null)),
    CONSTRAINT ck_dim_documents_published_bounded_has_a_bound CHECK (published_precision <> 'bounded' or published_earliest is not null or published_latest is not null),
    CONSTRAINT ck_dim_documents_modified_bounds_in_order CHECK (modified_earliest <= modified_latest),
    CONSTRAINT ck_dim_documents_modified_within_bounds CHECK (modified_earliest <= modified_at and modified_at <= modified_latest),
    CONSTRAINT ck_dim_documents_modified_precision_known CHECK (modified_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_dim_documents_modified_precision_agrees CHECK ((modified_precision in ('bounded', 'unknown')) = (modified_at is null)),
    CONSTRAINT ck_dim_documents_modified_bounded_has_a_bound CHECK (modified_precision <> 'bounded' or modified_earliest is not null or modified_latest is not null),
    CONSTRAINT ck_dim_documents_kind_known CHECK (kind in ('article', 'live_blog', 'feed', 'topic_page')),
    CONSTRAINT ck_dim_documents_order_known CHECK (entry_order in ('newest-first', 'oldest-first', 'editorial', 'unknown')),
    CONSTRAINT ck_dim_documents_seen_in_order CHECK (first_seen_at <= last_seen_at),
    CONSTRAINT ck_dim_documents_confidence_is_a_share CHECK (origin_confidence between 0 and 1),
    CONSTRAINT fk_dim_documents_carrier_id FOREIGN KEY(carrier_id) REFERENCES dim_publishers (publisher_id) ON DELETE CASCADE,
    CONSTRAINT fk_dim_documents_origin_id FOREIGN KEY(origin_id) REFERENCES dim_publishers (publisher_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_dim_documents_at ON dim_documents (url);

CREATE INDEX ix_dim_documents_called ON dim_documents (canonical_url);

CREATE INDEX ix_dim_documents_live_blogs ON dim_documents (last_seen_at, document_id) WHERE kind = 'live_blog';

CREATE INDEX ix_dim_documents_newest ON dim_documents (last_seen_at);

CREATE INDEX ix_dim_documents_of_carrier ON dim_documents (carrier_id, published_at);

CREATE TABLE dim_statements (
    statement_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    anchor TEXT,
    datings TEXT NOT NULL,
    is_pinned INTEGER NOT NULL,
    is_key_event INTEGER NOT NULL,
    is_summary INTEGER NOT NULL,
    is_deleted INTEGER NOT NULL,
    boundary_probability REAL,
    joined_probability REAL,
    CONSTRAINT pk_dim_statements PRIMARY KEY (statement_id),
    CONSTRAINT fk_dim_statements_wording_id FOREIGN KEY(wording_id) REFERENCES dim_wordings (wording_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_dim_statements_of_wording ON dim_statements (wording_id);

CREATE TABLE fct_conflicts (
    conflict_id TEXT NOT NULL,
    edition_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    piece TEXT NOT NULL,
    about TEXT NOT NULL,
    kept TEXT NOT NULL,
    other TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_fct_conflicts PRIMARY KEY (conflict_id),
    CONSTRAINT fk_fct_conflicts_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_conflicts_of_document ON fct_conflicts (document_id);

CREATE INDEX ix_fct_conflicts_of_edition ON fct_conflicts (edition_id);

CREATE TABLE fct_erased_snapshots (
    snapshot_id TEXT NOT NULL,
    erasure_id TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    is_body_barred INTEGER NOT NULL,
    CONSTRAINT pk_fct_erased_snapshots PRIMARY KEY (snapshot_id),
    CONSTRAINT fk_fct_erased_snapshots_erasure_id FOREIGN KEY(erasure_id) REFERENCES fct_erasures (erasure_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_erased_snapshots_of_body ON fct_erased_snapshots (body_digest);

CREATE INDEX ix_fct_erased_snapshots_of_erasure ON fct_erased_snapshots (erasure_id);

CREATE TABLE fct_snapshots (
    snapshot_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    url TEXT,
    captured_at TEXT,
    status INTEGER NOT NULL,
    media_type TEXT,
    body_digest TEXT NOT NULL,
    body_bytes INTEGER NOT NULL,
    is_cut INTEGER NOT NULL,
    archive_path TEXT NOT NULL,
    archive_offset INTEGER NOT NULL,
    archive_bytes INTEGER NOT NULL,
    archive_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    parser_version INTEGER,
    stored_at TEXT NOT NULL,
    settled_at TEXT,
    CONSTRAINT pk_fct_snapshots PRIMARY KEY (snapshot_id),
    CONSTRAINT ck_fct_snapshots_state_known CHECK (state in ('stored', 'loaded', 'quarantined')),
    CONSTRAINT ck_fct_snapshots_reason_where_quarantined CHECK ((state = 'quarantined') = (reason is not null)),
    CONSTRAINT ck_fct_snapshots_version_where_read CHECK ((state = 'stored') = (parser_version is null)),
    CONSTRAINT fk_fct_snapshots_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_snapshots_history_of_source ON fct_snapshots (source_id, captured_at);

CREATE INDEX ix_fct_snapshots_same_body ON fct_snapshots (body_digest, captured_at);

CREATE INDEX ix_fct_snapshots_work_queue ON fct_snapshots (state, captured_at, snapshot_id);

CREATE TABLE followed_pages (
    source_id TEXT NOT NULL,
    found_by TEXT NOT NULL,
    url TEXT NOT NULL,
    found_at TEXT NOT NULL,
    ended_at TEXT,
    why TEXT NOT NULL,
    CONSTRAINT pk_followed_pages PRIMARY KEY (source_id),
    CONSTRAINT fk_followed_pages_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE,
    CONSTRAINT fk_followed_pages_found_by FOREIGN KEY(found_by) REFERENCES dim_sources (source_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_followed_pages_found_by ON followed_pages (found_by);

CREATE TABLE source_opt_outs (
    source_id TEXT NOT NULL,
    place TEXT NOT NULL,
    evidence TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    CONSTRAINT pk_source_opt_outs PRIMARY KEY (source_id, place),
    CONSTRAINT fk_source_opt_outs_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE source_schedules (
    source_id TEXT NOT NULL,
    due_at TEXT,
    why TEXT NOT NULL,
    polls INTEGER NOT NULL,
    polled_at TEXT,
    failed TEXT,
    state TEXT NOT NULL,
    CONSTRAINT pk_source_schedules PRIMARY KEY (source_id),
    CONSTRAINT fk_source_schedules_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_source_schedules_due ON source_schedules (due_at);

CREATE TABLE websub_subscriptions (
    subscription_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    secret TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    asks INTEGER NOT NULL,
    confirmed_at TEXT,
    expires_at TEXT,
    ended_at TEXT,
    notified_at TEXT,
    notifications INTEGER NOT NULL,
    why TEXT,
    CONSTRAINT pk_websub_subscriptions PRIMARY KEY (subscription_id),
    CONSTRAINT fk_websub_subscriptions_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_websub_subscriptions_source ON websub_subscriptions (source_id);

CREATE TABLE fct_entries (
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    anchor TEXT,
    statement_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    versions INTEGER NOT NULL,
    created_at TEXT,
    created_earliest TEXT,
    created_latest TEXT,
    created_precision TEXT NOT NULL,
    created_basis TEXT,
    created_stated TEXT,
    published_at TEXT,
    published_earliest TEXT,
    published_latest TEXT,
    published_precision TEXT NOT NULL,
    published_basis TEXT,
    published_stated TEXT,
    modified_at TEXT,
    modified_earliest TEXT,
    modified_latest TEXT,
    modified_precision TEXT NOT NULL,
    modified_basis TEXT,
    modified_stated TEXT,
    shown_at TEXT,
    shown_earliest TEXT,
    shown_latest TEXT,
    shown_precision TEXT NOT NULL,
    shown_basis TEXT,
    shown_stated TEXT,
    is_time_collapsed INTEGER NOT NULL,
    is_pinned INTEGER NOT NULL,
    is_key_event INTEGER NOT NULL,
    is_summary INTEGER NOT NULL,
    first_seen_at TEXT,
    first_snapshot_id TEXT NOT NULL,
    last_seen_at TEXT,
    last_snapshot_id TEXT,
    missing_since_at TEXT,
    missing_snapshot_id TEXT,
    is_deleted INTEGER NOT NULL,
    deleted_proof TEXT,
    CONSTRAINT pk_fct_entries PRIMARY KEY (entry_id),
    CONSTRAINT ck_fct_entries_created_bounds_in_order CHECK (created_earliest <= created_latest),
    CONSTRAINT ck_fct_entries_created_within_bounds CHECK (created_earliest <= created_at and created_at <= created_latest),
    CONSTRAINT ck_fct_entries_created_precision_known CHECK (created_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_fct_entries_created_precision_agrees CHECK ((created_precision in ('bounded', 'unknown')) = (created_at is null)),
    CONSTRAINT ck_fct_entries_created_bounded_has_a_bound CHECK (created_precision <> 'bounded' or created_earliest is not null or created_latest is not null),
    CONSTRAINT ck_fct_entries_published_bounds_in_order CHECK (published_earliest <= published_latest),
    CONSTRAINT ck_fct_entries_published_within_bounds CHECK (published_earliest <= published_at and published_at <= published_latest),
    CONSTRAINT ck_fct_entries_published_precision_known CHECK (published_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_fct_entries_published_precision_agrees CHECK ((published_precision in ('bounded', 'unknown')) = (published_at is null)),
    CONSTRAINT ck_fct_entries_published_bounded_has_a_bound CHECK (published_precision <> 'bounded' or published_earliest is not null or published_latest is not null),
    CONSTRAINT ck_fct_entries_modified_bounds_in_order CHECK (modified_earliest <= modified_latest),
    CONSTRAINT ck_fct_entries_modified_within_bounds CHECK (modified_earliest <= modified_at and modified_at <= modified_latest),
    CONSTRAINT ck_fct_entries_modified_precision_known CHECK (modified_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_fct_entries_modified_precision_agrees CHECK ((modified_precision in ('bounded', 'unknown')) = (modified_at is null)),
    CONSTRAINT ck_fct_entries_modified_bounded_has_a_bound CHECK (modified_precision <> 'bounded' or modified_earliest is not null or modified_latest is not null),
    CONSTRAINT ck_fct_entries_shown_bounds_in_order CHECK (shown_earliest <= shown_latest),
    CONSTRAINT ck_fct_entries_shown_within_bounds CHECK (shown_earliest <= shown_at and shown_at <= shown_latest),
    CONSTRAINT ck_fct_entries_shown_precision_known CHECK (shown_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_fct_entries_shown_precision_agrees CHECK ((shown_precision in ('bounded', 'unknown')) = (shown_at is null)),
    CONSTRAINT ck_fct_entries_shown_bounded_has_a_bound CHECK (shown_precision <> 'bounded' or shown_earliest is not null or shown_latest is not null),
    CONSTRAINT ck_fct_entries_proof_known CHECK (deleted_proof in ('tombstone', 'two-pages')),
    CONSTRAINT ck_fct_entries_deleted_with_proof CHECK ((deleted_proof is not null) = (is_deleted <> false)),
    CONSTRAINT ck_fct_entries_seen_in_order CHECK (first_seen_at <= last_seen_at),
    CONSTRAINT ck_fct_entries_has_a_version CHECK (versions >= 1),
    CONSTRAINT fk_fct_entries_document_id FOREIGN KEY(document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_entries_of_document ON fct_entries (document_id, published_at);

CREATE INDEX ix_fct_entries_of_wording ON fct_entries (wording_id);

CREATE INDEX ix_fct_entries_timeline ON fct_entries (published_at);

CREATE TABLE fct_fetches (
    fetch_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    started_at TEXT NOT NULL,
    status INTEGER,
    wire_bytes INTEGER,
    milliseconds INTEGER,
    is_conditional INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    failure TEXT,
    snapshot_id TEXT,
    CONSTRAINT pk_fct_fetches PRIMARY KEY (fetch_id),
    CONSTRAINT ck_fct_fetches_verdict_known CHECK (verdict in ('none', 'same', 'changed', 'lied-same', 'lied-changed')),
    CONSTRAINT fk_fct_fetches_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_fetches_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES fct_snapshots (snapshot_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_fetches_history_of_source ON fct_fetches (source_id, started_at);

CREATE INDEX ix_fct_fetches_of_snapshot ON fct_fetches (snapshot_id) WHERE snapshot_id is not null;

CREATE TABLE fct_print_units (
    document_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    text_key INTEGER NOT NULL,
    is_lead INTEGER NOT NULL,
    prints INTEGER NOT NULL,
    day INTEGER,
    print_version INTEGER NOT NULL,
    is_matched INTEGER NOT NULL,
    CONSTRAINT pk_fct_print_units PRIMARY KEY (document_id, text_id),
    CONSTRAINT fk_fct_print_units_document_id FOREIGN KEY(document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_print_units_of_text ON fct_print_units (text_key);

CREATE INDEX ix_fct_print_units_pending ON fct_print_units (document_id) WHERE is_matched = 0;

CREATE INDEX ix_fct_print_units_versions ON fct_print_units (print_version);

CREATE TABLE fct_readings (
    snapshot_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    edition_id TEXT NOT NULL,
    captured_at TEXT,
    CONSTRAINT pk_fct_readings PRIMARY KEY (snapshot_id, place),
    CONSTRAINT fk_fct_readings_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES fct_snapshots (snapshot_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_readings_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_fct_readings_as_of ON fct_readings (document_id, captured_at, snapshot_id, place);

CREATE INDEX ix_fct_readings_of_edition ON fct_readings (edition_id);

CREATE TABLE fct_rejects (
    reject_id TEXT NOT NULL,
    snapshot_id TEXT,
    edition_id TEXT,
    document_id TEXT,
    piece TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_fct_rejects PRIMARY KEY (reject_id),
    CONSTRAINT ck_fct_rejects_of_a_snapshot_or_an_edition CHECK ((snapshot_id is null) <> (edition_id is null)),
    CONSTRAINT fk_fct_rejects_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES fct_snapshots (snapshot_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_rejects_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_rejects_of_document ON fct_rejects (document_id);

CREATE INDEX ix_fct_rejects_of_edition ON fct_rejects (edition_id);

CREATE INDEX ix_fct_rejects_of_snapshot ON fct_rejects (snapshot_id);

CREATE TABLE fct_sightings (
    edition_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    statement_id TEXT NOT NULL,
    entry_id TEXT,
    is_pinned INTEGER NOT NULL,
    CONSTRAINT pk_fct_sightings PRIMARY KEY (edition_id, position),
    CONSTRAINT ck_fct_sightings_position_counts_from_zero CHECK (position >= 0),
    CONSTRAINT fk_fct_sightings_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_sightings_statement_id FOREIGN KEY(statement_id) REFERENCES dim_statements (statement_id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX ix_fct_sightings_of_statement ON fct_sightings (statement_id);

CREATE TABLE fct_story_copies (
    document_id TEXT NOT NULL,
    story_id TEXT NOT NULL,
    CONSTRAINT pk_fct_story_copies PRIMARY KEY (document_id),
    CONSTRAINT fk_fct_story_copies_document_id FOREIGN KEY(document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_story_copies_story_id FOREIGN KEY(story_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_story_copies_of_story ON fct_story_copies (story_id);

CREATE TABLE fct_entry_events (
    event_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    earliest_at TEXT,
    latest_at TEXT,
    before_snapshot_id TEXT,
    after_snapshot_id TEXT NOT NULL,
    proof_snapshot_id TEXT,
    before_version_id TEXT,
    after_version_id TEXT,
    before_stated TEXT,
    after_stated TEXT,
    claimed_at TEXT,
    CONSTRAINT pk_fct_entry_events PRIMARY KEY (event_id),
    CONSTRAINT ck_fct_entry_events_kind_known CHECK (kind in ('posted', 'edited', 'moved', 'pinned', 'unpinned', 're-dated', 'deleted', 'restored')),
    CONSTRAINT ck_fct_entry_events_bounds_in_order CHECK (earliest_at <= latest_at),
    CONSTRAINT fk_fct_entry_events_entry_id FOREIGN KEY(entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_entry_events_by_kind ON fct_entry_events (kind, latest_at);

CREATE INDEX ix_fct_entry_events_of_document ON fct_entry_events (document_id, latest_at);

CREATE INDEX ix_fct_entry_events_of_entry ON fct_entry_events (entry_id, latest_at);

CREATE TABLE fct_entry_versions (
    version_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    wording_id TEXT NOT NULL,
    claimed_at TEXT,
    unseen_at TEXT,
    first_seen_at TEXT,
    first_snapshot_id TEXT NOT NULL,
    last_seen_at TEXT,
    last_snapshot_id TEXT,
    CONSTRAINT pk_fct_entry_versions PRIMARY KEY (version_id),
    CONSTRAINT ck_fct_entry_versions_number_counts_from_one CHECK (number >= 1),
    CONSTRAINT ck_fct_entry_versions_seen_in_order CHECK (first_seen_at <= last_seen_at),
    CONSTRAINT fk_fct_entry_versions_entry_id FOREIGN KEY(entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_entry_versions_wording_id FOREIGN KEY(wording_id) REFERENCES dim_wordings (wording_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_entry_versions_of_document ON fct_entry_versions (document_id, first_seen_at);

CREATE INDEX ix_fct_entry_versions_of_entry ON fct_entry_versions (entry_id, number);

CREATE INDEX ix_fct_entry_versions_of_wording ON fct_entry_versions (wording_id);

CREATE TABLE fct_syndications (
    link_id TEXT NOT NULL,
    level TEXT NOT NULL,
    copy_document_id TEXT NOT NULL,
    origin_document_id TEXT NOT NULL,
    copy_entry_id TEXT,
    origin_entry_id TEXT,
    copy_text_id TEXT,
    origin_text_id TEXT,
    shared INTEGER NOT NULL,
    copy_size INTEGER NOT NULL,
    origin_size INTEGER NOT NULL,
    share_of_copy REAL NOT NULL,
    share_of_origin REAL NOT NULL,
    longest_run INTEGER NOT NULL,
    sample TEXT NOT NULL,
    score REAL NOT NULL,
    words INTEGER NOT NULL,
    figures_agree REAL,
    titles_agree REAL,
    is_same_carrier INTEGER NOT NULL,
    copy_day INTEGER,
    origin_day INTEGER,
    days_apart REAL,
    origin_name TEXT,
    reason TEXT NOT NULL,
    confidence REAL NOT NULL,
    copy_first_seen_at TEXT,
    origin_first_seen_at TEXT,
    is_refuted INTEGER NOT NULL,
    print_version INTEGER NOT NULL,
    CONSTRAINT pk_fct_syndications PRIMARY KEY (link_id),
    CONSTRAINT ck_fct_syndications_level_known CHECK (level in ('document', 'entry')),
    CONSTRAINT ck_fct_syndications_shares_are_shares CHECK (share_of_copy between 0 and 1 and share_of_origin between 0 and 1),
    CONSTRAINT ck_fct_syndications_entries_where_entry_level CHECK ((level = 'entry') = (copy_entry_id is not null)),
    CONSTRAINT ck_fct_syndications_entries_on_both_sides CHECK ((copy_entry_id is null) = (origin_entry_id is null)),
    CONSTRAINT fk_fct_syndications_copy_document_id FOREIGN KEY(copy_document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_origin_document_id FOREIGN KEY(origin_document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_copy_entry_id FOREIGN KEY(copy_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_origin_entry_id FOREIGN KEY(origin_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_syndications_of_copied_entry ON fct_syndications (copy_entry_id) WHERE copy_entry_id is not null;

CREATE INDEX ix_fct_syndications_of_copy ON fct_syndications (copy_document_id, level);

CREATE INDEX ix_fct_syndications_of_origin ON fct_syndications (origin_document_id, level);

CREATE INDEX ix_fct_syndications_of_original_entry ON fct_syndications (origin_entry_id) WHERE origin_entry_id is not null;

CREATE TABLE fct_align_queue (
    link_id TEXT NOT NULL,
    CONSTRAINT pk_fct_align_queue PRIMARY KEY (link_id),
    CONSTRAINT fk_fct_align_queue_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE fct_aligned_pairs (
    link_id TEXT NOT NULL,
    copy_content_id TEXT NOT NULL,
    origin_content_id TEXT NOT NULL,
    align_version INTEGER NOT NULL,
    CONSTRAINT pk_fct_aligned_pairs PRIMARY KEY (link_id),
    CONSTRAINT fk_fct_aligned_pairs_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_aligned_pairs_versions ON fct_aligned_pairs (align_version);

CREATE TABLE fct_alignments (
    copy_entry_id TEXT NOT NULL,
    link_id TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    body_starts_at INTEGER NOT NULL,
    copy_wording_id TEXT NOT NULL,
    copy_document_id TEXT NOT NULL,
    original_document_id TEXT NOT NULL,
    original_entry_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    shared_words INTEGER NOT NULL,
    share_of_copy REAL NOT NULL,
    share_of_original REAL NOT NULL,
    CONSTRAINT pk_fct_alignments PRIMARY KEY (copy_entry_id, link_id, starts_at),
    CONSTRAINT ck_fct_alignments_characters_in_order CHECK (0 <= starts_at and starts_at <= body_starts_at and body_starts_at <= ends_at and starts_at < ends_at),
    CONSTRAINT ck_fct_alignments_two_documents CHECK (copy_document_id <> original_document_id),
    CONSTRAINT ck_fct_alignments_counts_are_counts CHECK (place >= 0 and shared_words > 0),
    CONSTRAINT ck_fct_alignments_shares_are_shares CHECK (share_of_copy between 0 and 1 and share_of_original between 0 and 1),
    CONSTRAINT fk_fct_alignments_copy_entry_id FOREIGN KEY(copy_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_alignments_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_alignments_original_entry_id FOREIGN KEY(original_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_alignments_of_copy ON fct_alignments (copy_document_id);

CREATE INDEX ix_fct_alignments_of_link ON fct_alignments (link_id);

CREATE INDEX ix_fct_alignments_of_original ON fct_alignments (original_entry_id);

CREATE TABLE fct_inheritances (
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    link_id TEXT NOT NULL,
    original_document_id TEXT NOT NULL,
    original_entry_id TEXT,
    posts INTEGER NOT NULL,
    share_of_copy REAL NOT NULL,
    published_at TEXT,
    published_earliest TEXT,
    published_latest TEXT,
    published_precision TEXT,
    published_stated TEXT,
    shown_at TEXT,
    CONSTRAINT pk_fct_inheritances PRIMARY KEY (entry_id),
    CONSTRAINT ck_fct_inheritances_holds_a_post CHECK (posts > 0),
    CONSTRAINT ck_fct_inheritances_two_documents CHECK (document_id <> original_document_id),
    CONSTRAINT ck_fct_inheritances_post_named_where_one CHECK ((posts = 1) = (original_entry_id is not null)),
    CONSTRAINT ck_fct_inheritances_published_bounds_in_order CHECK (published_earliest <= published_latest),
    CONSTRAINT ck_fct_inheritances_published_within_bounds CHECK (published_earliest <= published_at and published_at <= published_latest),
    CONSTRAINT ck_fct_inheritances_published_precision_known CHECK (published_precision in ('second', 'minute', 'hour', 'day', 'bounded', 'unknown')),
    CONSTRAINT ck_fct_inheritances_published_precision_agrees CHECK ((published_precision in ('bounded', 'unknown')) = (published_at is null)),
    CONSTRAINT ck_fct_inheritances_published_bounded_has_a_bound CHECK (published_precision <> 'bounded' or published_earliest is not null or published_latest is not null),
    CONSTRAINT fk_fct_inheritances_entry_id FOREIGN KEY(entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_inheritances_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_fct_inheritances_of_document ON fct_inheritances (document_id);

CREATE INDEX ix_fct_inheritances_of_link ON fct_inheritances (link_id);

CREATE INDEX ix_fct_inheritances_timeline ON fct_inheritances (published_at);
