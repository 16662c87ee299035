CREATE TABLE data_dictionary (
    object_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    meaning TEXT NOT NULL,
    CONSTRAINT pk_data_dictionary PRIMARY KEY (object_name, column_name)
);

COMMENT ON TABLE data_dictionary IS 'What everything here means. Grain: one row per table, view, and column of one.';

COMMENT ON COLUMN data_dictionary.object_name IS 'A table or a view.';

COMMENT ON COLUMN data_dictionary.column_name IS 'A column of it; empty for the table or view itself.';

COMMENT ON COLUMN data_dictionary.kind IS 'table, view, or index: what full-text search keeps.';

COMMENT ON COLUMN data_dictionary.meaning IS 'What it means, and for a table or view its grain.';

CREATE TABLE dim_boilerplate_prints (
    print BIGINT NOT NULL,
    texts BIGINT NOT NULL,
    days BIGINT NOT NULL,
    CONSTRAINT pk_dim_boilerplate_prints PRIMARY KEY (print)
);

COMMENT ON TABLE dim_boilerplate_prints IS 'Prints that stand everywhere, so they say nothing. Grain: one row per print.';

COMMENT ON COLUMN dim_boilerplate_prints.print IS 'The print.';

COMMENT ON COLUMN dim_boilerplate_prints.texts IS 'How many texts had it when it was learnt.';

COMMENT ON COLUMN dim_boilerplate_prints.days IS 'On how many distinct days.';

CREATE TABLE dim_publishers (
    publisher_id TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_dim_publishers PRIMARY KEY (publisher_id)
);

COMMENT ON TABLE dim_publishers IS 'Publishers, as carriers and as origins. Grain: one row per publisher.';

COMMENT ON COLUMN dim_publishers.publisher_id IS 'Derived from the name.';

COMMENT ON COLUMN dim_publishers.name IS 'The name, as pages state it.';

CREATE TABLE dim_sources (
    source_id TEXT NOT NULL,
    url TEXT,
    kind TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    language TEXT,
    zone TEXT,
    format TEXT,
    interval_seconds BIGINT NOT NULL,
    is_enabled BOOLEAN NOT NULL,
    min_entries BIGINT,
    max_entries BIGINT,
    max_age_hours BIGINT,
    CONSTRAINT pk_dim_sources PRIMARY KEY (source_id),
    CONSTRAINT ck_dim_sources_kind_known CHECK (kind in ('feed', 'live_page', 'topic_page', 'article', 'sitemap', 'api', 'drop')),
    CONSTRAINT ck_dim_sources_interval_positive CHECK (interval_seconds >= 1)
);

COMMENT ON TABLE dim_sources IS 'Declared sources. Grain: one row per source; the one named any stands for captures that none fetched.';

COMMENT ON COLUMN dim_sources.source_id IS 'The name of the source''s file.';

COMMENT ON COLUMN dim_sources.url IS 'The address, or for a drop folder the path, that is watched.';

COMMENT ON COLUMN dim_sources.kind IS 'What stands there: feed, live_page, topic_page, article, sitemap, api, drop.';

COMMENT ON COLUMN dim_sources.title IS 'What people call it.';

COMMENT ON COLUMN dim_sources.publisher IS 'The publisher that its owner declared.';

COMMENT ON COLUMN dim_sources.language IS 'The language that its owner declared.';

COMMENT ON COLUMN dim_sources.zone IS 'The IANA zone of clocks that state none.';

COMMENT ON COLUMN dim_sources.format IS 'The reader to use, where it is not recognised.';

COMMENT ON COLUMN dim_sources.interval_seconds IS 'Seconds between two polls.';

COMMENT ON COLUMN dim_sources.is_enabled IS 'The source is polled.';

COMMENT ON COLUMN dim_sources.min_entries IS 'Fewer entries on a healthy page are reported.';

COMMENT ON COLUMN dim_sources.max_entries IS 'More entries on a healthy page are reported.';

COMMENT ON COLUMN dim_sources.max_age_hours IS 'An older newest entry is reported.';

CREATE TABLE dim_wordings (
    wording_id TEXT NOT NULL,
    headline TEXT,
    body TEXT NOT NULL,
    author TEXT,
    embeds JSONB NOT NULL,
    word_count BIGINT NOT NULL,
    CONSTRAINT pk_dim_wordings PRIMARY KEY (wording_id)
);

COMMENT ON TABLE dim_wordings IS 'Wordings. Grain: one row per distinct wording, whoever carries it.';

COMMENT ON COLUMN dim_wordings.wording_id IS 'Derived from headline, text, author and embeds.';

COMMENT ON COLUMN dim_wordings.headline IS 'The entry''s own headline.';

COMMENT ON COLUMN dim_wordings.body IS 'The text, one paragraph a line.';

COMMENT ON COLUMN dim_wordings.author IS 'Who signed it.';

COMMENT ON COLUMN dim_wordings.embeds IS 'What is quoted into it (kind, url, text, author): a JSON list.';

COMMENT ON COLUMN dim_wordings.word_count IS 'Words in headline and text.';

CREATE TABLE fct_check_results (
    check_result_id TEXT NOT NULL,
    check_name TEXT NOT NULL,
    ran_at TIMESTAMP WITH TIME ZONE NOT NULL,
    offending BIGINT NOT NULL,
    sample JSONB NOT NULL,
    CONSTRAINT pk_fct_check_results PRIMARY KEY (check_result_id),
    CONSTRAINT ck_fct_check_results_offending_is_a_count CHECK (offending >= 0)
);

CREATE INDEX ix_fct_check_results_of_check ON fct_check_results (check_name, ran_at);

COMMENT ON TABLE fct_check_results IS 'What the checks found. Grain: one row per check and run.';

COMMENT ON COLUMN fct_check_results.check_result_id IS 'Derived from the check and when it ran.';

COMMENT ON COLUMN fct_check_results.check_name IS 'The check: its file in sql/checks.';

COMMENT ON COLUMN fct_check_results.ran_at IS 'When it ran.';

COMMENT ON COLUMN fct_check_results.offending IS 'How many rows offend.';

COMMENT ON COLUMN fct_check_results.sample IS 'Up to ten of them, a JSON list of objects.';

CREATE TABLE fct_editions (
    edition_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT,
    entry_order TEXT NOT NULL,
    is_item BOOLEAN NOT NULL,
    is_complete BOOLEAN NOT NULL,
    shows TEXT,
    page BIGINT,
    pages BIGINT,
    total BIGINT,
    is_cut BOOLEAN NOT NULL,
    refused BIGINT NOT NULL,
    stated JSONB NOT NULL,
    CONSTRAINT pk_fct_editions PRIMARY KEY (edition_id),
    CONSTRAINT ck_fct_editions_kind_known CHECK (kind in ('article', 'live_blog', 'feed', 'topic_page')),
    CONSTRAINT ck_fct_editions_order_known CHECK (entry_order in ('newest-first', 'oldest-first', 'editorial', 'unknown'))
);

CREATE INDEX ix_fct_editions_of_document ON fct_editions (document_id);

COMMENT ON TABLE fct_editions IS 'Faces of a document. Grain: one row per distinct face: its title, window, and entries in order.';

COMMENT ON COLUMN fct_editions.edition_id IS 'Derived from the document and all that this face of it states.';

COMMENT ON COLUMN fct_editions.document_id IS 'The document.';

COMMENT ON COLUMN fct_editions.kind IS 'What it was read as: article, live_blog, feed, topic_page.';

COMMENT ON COLUMN fct_editions.title IS 'The title.';

COMMENT ON COLUMN fct_editions.entry_order IS 'How the page orders its entries: newest-first, oldest-first, editorial, unknown.';

COMMENT ON COLUMN fct_editions.is_item IS 'Read as an item of a feed or topic page, not from its own page.';

COMMENT ON COLUMN fct_editions.is_complete IS 'The page is known to hold every entry.';

COMMENT ON COLUMN fct_editions.shows IS 'Which part it shows: all, latest, page; null where the page does not say.';

COMMENT ON COLUMN fct_editions.page IS 'Page k …';

COMMENT ON COLUMN fct_editions.pages IS '… of n.';

COMMENT ON COLUMN fct_editions.total IS 'How many entries the page says that there are.';

COMMENT ON COLUMN fct_editions.is_cut IS 'The body ended before its outermost element did: it proves no absence.';

COMMENT ON COLUMN fct_editions.refused IS 'How many pieces of it were refused.';

COMMENT ON COLUMN fct_editions.stated IS 'The rest of what it states of the document: a JSON object.';

CREATE TABLE fct_erasures (
    erasure_id TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_by TEXT NOT NULL,
    source_id TEXT,
    publisher TEXT,
    address TEXT,
    before_at TIMESTAMP WITH TIME ZONE,
    is_retention BOOLEAN NOT NULL,
    snapshots BIGINT NOT NULL,
    archive_bytes BIGINT NOT NULL,
    removed JSONB NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    lifted_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_fct_erasures PRIMARY KEY (erasure_id),
    CONSTRAINT ck_fct_erasures_names_something CHECK (source_id is not null or publisher is not null or address is not null or before_at is not null)
);

COMMENT ON TABLE fct_erasures IS 'Erasures, without what was erased. Grain: one row per erasure that was asked for.';

COMMENT ON COLUMN fct_erasures.erasure_id IS 'Derived from the rule and when it was asked for.';

COMMENT ON COLUMN fct_erasures.asked_at IS 'When it was asked for.';

COMMENT ON COLUMN fct_erasures.asked_by IS 'Who asked: a person, or the retention rule of a source''s file.';

COMMENT ON COLUMN fct_erasures.source_id IS 'Captures of this source; null for any.';

COMMENT ON COLUMN fct_erasures.publisher IS 'Captures that carry this publisher; null for any.';

COMMENT ON COLUMN fct_erasures.address IS 'Captures that carry this address, in its normal form; null for any.';

COMMENT ON COLUMN fct_erasures.before_at IS 'Captures from before this instant; null for any.';

COMMENT ON COLUMN fct_erasures.is_retention IS 'It followed from a source''s keep_days; that rule itself keeps old captures out.';

COMMENT ON COLUMN fct_erasures.snapshots IS 'Captures erased so far.';

COMMENT ON COLUMN fct_erasures.archive_bytes IS 'Bytes that their records took in the archive.';

COMMENT ON COLUMN fct_erasures.removed IS 'Rows removed so far, by table: a JSON object.';

COMMENT ON COLUMN fct_erasures.finished_at IS 'When all of it was gone; null while it is under way: run it again.';

COMMENT ON COLUMN fct_erasures.lifted_at IS 'When a person allowed what it names to be taken in again.';

CREATE TABLE fct_match_queue (
    ticket TEXT NOT NULL,
    document_id TEXT NOT NULL,
    CONSTRAINT pk_fct_match_queue PRIMARY KEY (ticket)
);

CREATE INDEX ix_fct_match_queue_of_document ON fct_match_queue (document_id);

COMMENT ON TABLE fct_match_queue IS 'What waits for matching. Grain: one row per change of a document since it was last compared.';

COMMENT ON COLUMN fct_match_queue.ticket IS 'One change of the document.';

COMMENT ON COLUMN fct_match_queue.document_id IS 'The document that has texts which may never have been compared.';

CREATE TABLE fct_prints (
    print BIGINT NOT NULL,
    text_key BIGINT NOT NULL,
    CONSTRAINT pk_fct_prints PRIMARY KEY (print, text_key)
);

COMMENT ON TABLE fct_prints IS 'The index of shared passages. Grain: one row per print and text.';

COMMENT ON COLUMN fct_prints.print IS 'A winnowed hash of five words, signed.';

COMMENT ON COLUMN fct_prints.text_key IS 'The text that has it.';

CREATE TABLE fct_verdicts (
    link_id TEXT NOT NULL,
    is_copy BOOLEAN NOT NULL,
    origin_document_id TEXT,
    person TEXT NOT NULL,
    why TEXT,
    said_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_fct_verdicts PRIMARY KEY (link_id)
);

COMMENT ON TABLE fct_verdicts IS 'People''s verdicts: they win over every rule. Grain: one row per link judged.';

COMMENT ON COLUMN fct_verdicts.link_id IS 'The link that was judged; it need not stand any more.';

COMMENT ON COLUMN fct_verdicts.is_copy IS 'The person says that one side was taken from the other.';

COMMENT ON COLUMN fct_verdicts.origin_document_id IS 'The side that the person says is the origin.';

COMMENT ON COLUMN fct_verdicts.person IS 'Who judged.';

COMMENT ON COLUMN fct_verdicts.why IS 'What they said.';

COMMENT ON COLUMN fct_verdicts.said_at IS 'When they said it.';

CREATE TABLE host_turns (
    host TEXT NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    held_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_host_turns PRIMARY KEY (host)
);

COMMENT ON TABLE host_turns IS 'Turns at hosts, across all workers. Grain: one row per host that was asked.';

COMMENT ON COLUMN host_turns.host IS 'The host, with its port where that is not the usual one.';

COMMENT ON COLUMN host_turns.next_at IS 'When the next request may go out.';

COMMENT ON COLUMN host_turns.held_until IS 'Until when a worker holds the turn, unless it gives it back earlier.';

CREATE TABLE robots_files (
    origin TEXT NOT NULL,
    body TEXT,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_robots_files PRIMARY KEY (origin)
);

COMMENT ON TABLE robots_files IS 'What robots.txt files said. Grain: one row per origin.';

COMMENT ON COLUMN robots_files.origin IS 'Scheme, host and port.';

COMMENT ON COLUMN robots_files.body IS 'The file; null where it could not be had, so nothing is allowed.';

COMMENT ON COLUMN robots_files.read_at IS 'When it was read.';

COMMENT ON COLUMN robots_files.expires_at IS 'When it is asked for again.';

CREATE TABLE dim_documents (
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    canonical_url TEXT,
    title TEXT,
    language TEXT,
    categories JSONB NOT NULL,
    credits JSONB NOT NULL,
    lead_text TEXT,
    carrier_id TEXT,
    origin_id TEXT,
    origin_reason TEXT,
    origin_confidence FLOAT(53),
    published_at TIMESTAMP WITH TIME ZONE,
    published_earliest TIMESTAMP WITH TIME ZONE,
    published_latest TIMESTAMP WITH TIME ZONE,
    published_precision TEXT NOT NULL,
    published_basis TEXT,
    published_stated TEXT,
    modified_at TIMESTAMP WITH TIME ZONE,
    modified_earliest TIMESTAMP WITH TIME ZONE,
    modified_latest TIMESTAMP WITH TIME ZONE,
    modified_precision TEXT NOT NULL,
    modified_basis TEXT,
    modified_stated TEXT,
    entry_order TEXT NOT NULL,
    coverage_start_stated TEXT,
    coverage_end_stated TEXT,
    format TEXT NOT NULL,
    is_item BOOLEAN NOT NULL,
    has_positional_anchors BOOLEAN NOT NULL,
    is_rolling BOOLEAN NOT NULL,
    least_refused BIGINT,
    newest_modified_at TIMESTAMP WITH TIME ZONE,
    first_seen_at TIMESTAMP WITH TIME ZONE,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    last_captured_at TIMESTAMP WITH TIME ZONE,
    last_snapshot_id TEXT NOT NULL,
    last_place BIGINT NOT NULL,
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
);

CREATE INDEX ix_dim_documents_at ON dim_documents (url);

CREATE INDEX ix_dim_documents_called ON dim_documents (canonical_url);

CREATE INDEX ix_dim_documents_live_blogs ON dim_documents (last_seen_at, document_id) WHERE kind = 'live_blog';

CREATE INDEX ix_dim_documents_newest ON dim_documents (last_seen_at);

CREATE INDEX ix_dim_documents_of_carrier ON dim_documents (carrier_id, published_at);

COMMENT ON TABLE dim_documents IS 'Documents as last read. Grain: one row per article, live blog, feed, topic page or item of one.';

COMMENT ON COLUMN dim_documents.document_id IS 'Derived from the address, or from carrier, own id and title.';

COMMENT ON COLUMN dim_documents.kind IS 'What it is: article, live_blog, feed, topic_page.';

COMMENT ON COLUMN dim_documents.url IS 'The address that it was read at.';

COMMENT ON COLUMN dim_documents.canonical_url IS 'The address that it calls its own.';

COMMENT ON COLUMN dim_documents.title IS 'Its newest title.';

COMMENT ON COLUMN dim_documents.language IS 'Its language, as stated.';

COMMENT ON COLUMN dim_documents.categories IS 'Its categories, a JSON list.';

COMMENT ON COLUMN dim_documents.credits IS 'Author, translator, source, advert …: a JSON object.';

COMMENT ON COLUMN dim_documents.lead_text IS 'What stands before the first entry.';

COMMENT ON COLUMN dim_documents.carrier_id IS 'Who published this copy.';

COMMENT ON COLUMN dim_documents.origin_id IS 'Who wrote it, by its own evidence.';

COMMENT ON COLUMN dim_documents.origin_reason IS 'Why we think that they wrote it.';

COMMENT ON COLUMN dim_documents.origin_confidence IS 'How sure we are of the origin, 0 to 1.';

COMMENT ON COLUMN dim_documents.published_at IS 'When it was published: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN dim_documents.published_earliest IS 'The earliest instant when it was published can have been.';

COMMENT ON COLUMN dim_documents.published_latest IS 'The latest instant when it was published can have been.';

COMMENT ON COLUMN dim_documents.published_precision IS 'How finely we know when it was published: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN dim_documents.published_basis IS 'The evidence for when it was published: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN dim_documents.published_stated IS 'The publisher''s own words for when it was published.';

COMMENT ON COLUMN dim_documents.modified_at IS 'When it was last changed, as it says: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN dim_documents.modified_earliest IS 'The earliest instant when it was last changed, as it says can have been.';

COMMENT ON COLUMN dim_documents.modified_latest IS 'The latest instant when it was last changed, as it says can have been.';

COMMENT ON COLUMN dim_documents.modified_precision IS 'How finely we know when it was last changed, as it says: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN dim_documents.modified_basis IS 'The evidence for when it was last changed, as it says: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN dim_documents.modified_stated IS 'The publisher''s own words for when it was last changed, as it says.';

COMMENT ON COLUMN dim_documents.entry_order IS 'How the page orders its entries: newest-first, oldest-first, editorial, unknown.';

COMMENT ON COLUMN dim_documents.coverage_start_stated IS 'When its coverage starts, as stated: not to be trusted.';

COMMENT ON COLUMN dim_documents.coverage_end_stated IS 'When its coverage ends, as stated: not to be trusted.';

COMMENT ON COLUMN dim_documents.format IS 'The reader that read it last.';

COMMENT ON COLUMN dim_documents.is_item IS 'Known only as an item of a feed or topic page; its own page was never read.';

COMMENT ON COLUMN dim_documents.has_positional_anchors IS 'Its publisher''s ids are places on the page, so they identify nothing.';

COMMENT ON COLUMN dim_documents.is_rolling IS 'Its page drops old posts as new ones come: what is not on it proves little.';

COMMENT ON COLUMN dim_documents.least_refused IS 'The fewest pieces that a whole page of it had refused.';

COMMENT ON COLUMN dim_documents.newest_modified_at IS 'The latest modified time that any page of it stated.';

COMMENT ON COLUMN dim_documents.first_seen_at IS 'The first dated capture of it.';

COMMENT ON COLUMN dim_documents.last_seen_at IS 'The last dated capture of it.';

COMMENT ON COLUMN dim_documents.last_captured_at IS 'When the snapshot that the history stands at was captured.';

COMMENT ON COLUMN dim_documents.last_snapshot_id IS 'The snapshot that the history stands at.';

COMMENT ON COLUMN dim_documents.last_place IS 'Its place on that snapshot: 0 the page itself, n the n-th item.';

COMMENT ON COLUMN dim_documents.last_edition_id IS 'The edition that the history stands at.';

COMMENT ON COLUMN dim_documents.content_id IS 'Derived from its entries: changes with any wording, time or place of theirs.';

CREATE TABLE dim_statements (
    statement_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    anchor TEXT,
    datings JSONB NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    is_key_event BOOLEAN NOT NULL,
    is_summary BOOLEAN NOT NULL,
    is_deleted BOOLEAN NOT NULL,
    boundary_probability FLOAT(53),
    joined_probability FLOAT(53),
    CONSTRAINT pk_dim_statements PRIMARY KEY (statement_id),
    CONSTRAINT fk_dim_statements_wording_id FOREIGN KEY(wording_id) REFERENCES dim_wordings (wording_id) ON DELETE CASCADE
);

CREATE INDEX ix_dim_statements_of_wording ON dim_statements (wording_id);

COMMENT ON TABLE dim_statements IS 'Posts as stated and judged. Grain: one row per document and distinct statement of a post.';

COMMENT ON COLUMN dim_statements.statement_id IS 'Derived from the document and all that it states.';

COMMENT ON COLUMN dim_statements.wording_id IS 'Its wording.';

COMMENT ON COLUMN dim_statements.anchor IS 'The publisher''s own id of the post.';

COMMENT ON COLUMN dim_statements.datings IS 'Created, published, modified and shown, as judged: a JSON object.';

COMMENT ON COLUMN dim_statements.is_pinned IS 'It was pinned to the top.';

COMMENT ON COLUMN dim_statements.is_key_event IS 'It was marked as a key event.';

COMMENT ON COLUMN dim_statements.is_summary IS 'It was marked as a summary.';

COMMENT ON COLUMN dim_statements.is_deleted IS 'A tombstone: the publisher said that the post is gone.';

COMMENT ON COLUMN dim_statements.boundary_probability IS 'How sure the splitter is, where it drew the boundary.';

COMMENT ON COLUMN dim_statements.joined_probability IS 'The likeliest boundary inside: too doubtful, so two posts may stand joined.';

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
);

CREATE INDEX ix_fct_conflicts_of_document ON fct_conflicts (document_id);

CREATE INDEX ix_fct_conflicts_of_edition ON fct_conflicts (edition_id);

COMMENT ON TABLE fct_conflicts IS 'Contradictions. Grain: one row per pair of statements of one edition that cannot both be true.';

COMMENT ON COLUMN fct_conflicts.conflict_id IS 'Derived from the edition and both statements.';

COMMENT ON COLUMN fct_conflicts.edition_id IS 'The edition that contradicts itself.';

COMMENT ON COLUMN fct_conflicts.document_id IS 'The document.';

COMMENT ON COLUMN fct_conflicts.piece IS 'Where on the page, for a person.';

COMMENT ON COLUMN fct_conflicts.about IS 'What is stated twice: published, headline …';

COMMENT ON COLUMN fct_conflicts.kept IS 'The statement that we went by.';

COMMENT ON COLUMN fct_conflicts.other IS 'The statement that we did not.';

COMMENT ON COLUMN fct_conflicts.why IS 'Why.';

CREATE TABLE fct_erased_snapshots (
    snapshot_id TEXT NOT NULL,
    erasure_id TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    is_body_barred BOOLEAN NOT NULL,
    CONSTRAINT pk_fct_erased_snapshots PRIMARY KEY (snapshot_id),
    CONSTRAINT fk_fct_erased_snapshots_erasure_id FOREIGN KEY(erasure_id) REFERENCES fct_erasures (erasure_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_erased_snapshots_of_body ON fct_erased_snapshots (body_digest);

CREATE INDEX ix_fct_erased_snapshots_of_erasure ON fct_erased_snapshots (erasure_id);

COMMENT ON TABLE fct_erased_snapshots IS 'What keeps erased captures out. Grain: one row per capture erased.';

COMMENT ON COLUMN fct_erased_snapshots.snapshot_id IS 'The id that the capture had: a digest.';

COMMENT ON COLUMN fct_erased_snapshots.erasure_id IS 'The erasure that took it.';

COMMENT ON COLUMN fct_erased_snapshots.body_digest IS 'SHA-256 of its body.';

COMMENT ON COLUMN fct_erased_snapshots.is_body_barred IS 'No capture with this body is taken in again, wherever it comes from.';

CREATE TABLE fct_snapshots (
    snapshot_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    url TEXT,
    captured_at TIMESTAMP WITH TIME ZONE,
    status BIGINT NOT NULL,
    media_type TEXT,
    body_digest TEXT NOT NULL,
    body_bytes BIGINT NOT NULL,
    is_cut BOOLEAN NOT NULL,
    archive_path TEXT NOT NULL,
    archive_offset BIGINT NOT NULL,
    archive_bytes BIGINT NOT NULL,
    archive_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    parser_version BIGINT,
    stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_fct_snapshots PRIMARY KEY (snapshot_id),
    CONSTRAINT ck_fct_snapshots_state_known CHECK (state in ('stored', 'loaded', 'quarantined')),
    CONSTRAINT ck_fct_snapshots_reason_where_quarantined CHECK ((state = 'quarantined') = (reason is not null)),
    CONSTRAINT ck_fct_snapshots_version_where_read CHECK ((state = 'stored') = (parser_version is null)),
    CONSTRAINT fk_fct_snapshots_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_snapshots_history_of_source ON fct_snapshots (source_id, captured_at);

CREATE INDEX ix_fct_snapshots_same_body ON fct_snapshots (body_digest, captured_at);

CREATE INDEX ix_fct_snapshots_work_queue ON fct_snapshots (state, captured_at, snapshot_id);

COMMENT ON TABLE fct_snapshots IS 'The ledger of stored answers, and the work queue. Grain: one row per stored answer.';

COMMENT ON COLUMN fct_snapshots.snapshot_id IS 'Derived from source, address, instant of capture and body.';

COMMENT ON COLUMN fct_snapshots.source_id IS 'The source that it was fetched for.';

COMMENT ON COLUMN fct_snapshots.url IS 'The address that answered; null for a file of unknown origin.';

COMMENT ON COLUMN fct_snapshots.captured_at IS 'When the answer was received; null where nobody recorded it.';

COMMENT ON COLUMN fct_snapshots.status IS 'The HTTP status.';

COMMENT ON COLUMN fct_snapshots.media_type IS 'The Content-Type header.';

COMMENT ON COLUMN fct_snapshots.body_digest IS 'SHA-256 of the decoded body, in hex.';

COMMENT ON COLUMN fct_snapshots.body_bytes IS 'Length of the decoded body.';

COMMENT ON COLUMN fct_snapshots.is_cut IS 'The body ends before its outermost element does: it proves no absence.';

COMMENT ON COLUMN fct_snapshots.archive_path IS 'The WARC file, relative to the archive.';

COMMENT ON COLUMN fct_snapshots.archive_offset IS 'Where the record starts in the file.';

COMMENT ON COLUMN fct_snapshots.archive_bytes IS 'Length of the record in the file.';

COMMENT ON COLUMN fct_snapshots.archive_digest IS 'SHA-256 of the record''s bytes: a torn archive is found, never read in silence.';

COMMENT ON COLUMN fct_snapshots.state IS 'How far the snapshot has come: stored, loaded, quarantined.';

COMMENT ON COLUMN fct_snapshots.reason IS 'Why it is quarantined.';

COMMENT ON COLUMN fct_snapshots.parser_version IS 'The version of the readers that read it; null while it is only stored.';

COMMENT ON COLUMN fct_snapshots.stored_at IS 'When the ledger learned of it.';

COMMENT ON COLUMN fct_snapshots.settled_at IS 'When it was last loaded or quarantined.';

CREATE TABLE followed_pages (
    source_id TEXT NOT NULL,
    found_by TEXT NOT NULL,
    url TEXT NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    why TEXT NOT NULL,
    CONSTRAINT pk_followed_pages PRIMARY KEY (source_id),
    CONSTRAINT fk_followed_pages_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE,
    CONSTRAINT fk_followed_pages_found_by FOREIGN KEY(found_by) REFERENCES dim_sources (source_id) ON DELETE CASCADE
);

CREATE INDEX ix_followed_pages_found_by ON followed_pages (found_by);

COMMENT ON TABLE followed_pages IS 'Live blogs that a feed or topic page led to. Grain: one row per live blog found.';

COMMENT ON COLUMN followed_pages.source_id IS 'The live blog, as a source of its own.';

COMMENT ON COLUMN followed_pages.found_by IS 'The feed or topic page that named it.';

COMMENT ON COLUMN followed_pages.url IS 'Its address.';

COMMENT ON COLUMN followed_pages.found_at IS 'The capture that named it first.';

COMMENT ON COLUMN followed_pages.ended_at IS 'When it was left, because its coverage closed or went quiet; null while it is followed.';

COMMENT ON COLUMN followed_pages.why IS 'Why it is followed, or why no more.';

CREATE TABLE source_opt_outs (
    source_id TEXT NOT NULL,
    place TEXT NOT NULL,
    evidence TEXT NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_source_opt_outs PRIMARY KEY (source_id, place),
    CONSTRAINT fk_source_opt_outs_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
);

COMMENT ON TABLE source_opt_outs IS 'Refusals of AI training and of text and data mining. Grain: one row per source and place.';

COMMENT ON COLUMN source_opt_outs.source_id IS 'The source.';

COMMENT ON COLUMN source_opt_outs.place IS 'Where the publisher says so: robots.txt, a header, a meta element, tdmrep.json.';

COMMENT ON COLUMN source_opt_outs.evidence IS 'What stands there, as found.';

COMMENT ON COLUMN source_opt_outs.first_seen_at IS 'When it was first found there.';

COMMENT ON COLUMN source_opt_outs.last_seen_at IS 'When it was last found there.';

CREATE TABLE source_schedules (
    source_id TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    why TEXT NOT NULL,
    polls BIGINT NOT NULL,
    polled_at TIMESTAMP WITH TIME ZONE,
    failed TEXT,
    state JSONB NOT NULL,
    CONSTRAINT pk_source_schedules PRIMARY KEY (source_id),
    CONSTRAINT fk_source_schedules_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
);

CREATE INDEX ix_source_schedules_due ON source_schedules (due_at);

COMMENT ON TABLE source_schedules IS 'When to ask a source again, and why then. Grain: one row per polled source.';

COMMENT ON COLUMN source_schedules.source_id IS 'The source.';

COMMENT ON COLUMN source_schedules.due_at IS 'When to ask next; null where it is not asked any more.';

COMMENT ON COLUMN source_schedules.why IS 'Why then, in words.';

COMMENT ON COLUMN source_schedules.polls IS 'Requests since the start.';

COMMENT ON COLUMN source_schedules.polled_at IS 'When it was last asked.';

COMMENT ON COLUMN source_schedules.failed IS 'What went wrong at the last poll, in one word.';

COMMENT ON COLUMN source_schedules.state IS 'All that the next poll is decided from: a JSON object.';

CREATE TABLE websub_subscriptions (
    subscription_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    secret TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asks BIGINT NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    notified_at TIMESTAMP WITH TIME ZONE,
    notifications BIGINT NOT NULL,
    why TEXT,
    CONSTRAINT pk_websub_subscriptions PRIMARY KEY (subscription_id),
    CONSTRAINT fk_websub_subscriptions_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE
);

CREATE INDEX ix_websub_subscriptions_source ON websub_subscriptions (source_id);

COMMENT ON TABLE websub_subscriptions IS 'Subscriptions at the hubs of feeds (WebSub). Grain: one row per subscription.';

COMMENT ON COLUMN websub_subscriptions.subscription_id IS 'An unguessable name: it stands in the address that the hub calls.';

COMMENT ON COLUMN websub_subscriptions.source_id IS 'The feed.';

COMMENT ON COLUMN websub_subscriptions.hub IS 'The hub that the feed offers.';

COMMENT ON COLUMN websub_subscriptions.topic IS 'The feed''s own address, as it states it.';

COMMENT ON COLUMN websub_subscriptions.secret IS 'What the hub signs its messages with.';

COMMENT ON COLUMN websub_subscriptions.asked_at IS 'When the hub was last asked.';

COMMENT ON COLUMN websub_subscriptions.asks IS 'How often it was asked since it last confirmed.';

COMMENT ON COLUMN websub_subscriptions.confirmed_at IS 'When the hub last confirmed.';

COMMENT ON COLUMN websub_subscriptions.expires_at IS 'Until when it has promised to tell what is new; null where it has not.';

COMMENT ON COLUMN websub_subscriptions.ended_at IS 'When we gave it up; null while we want it.';

COMMENT ON COLUMN websub_subscriptions.notified_at IS 'When it last told of news, signed.';

COMMENT ON COLUMN websub_subscriptions.notifications IS 'How often it told of news.';

COMMENT ON COLUMN websub_subscriptions.why IS 'Why it is refused or ended.';

CREATE TABLE fct_entries (
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    anchor TEXT,
    statement_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    versions BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE,
    created_earliest TIMESTAMP WITH TIME ZONE,
    created_latest TIMESTAMP WITH TIME ZONE,
    created_precision TEXT NOT NULL,
    created_basis TEXT,
    created_stated TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    published_earliest TIMESTAMP WITH TIME ZONE,
    published_latest TIMESTAMP WITH TIME ZONE,
    published_precision TEXT NOT NULL,
    published_basis TEXT,
    published_stated TEXT,
    modified_at TIMESTAMP WITH TIME ZONE,
    modified_earliest TIMESTAMP WITH TIME ZONE,
    modified_latest TIMESTAMP WITH TIME ZONE,
    modified_precision TEXT NOT NULL,
    modified_basis TEXT,
    modified_stated TEXT,
    shown_at TIMESTAMP WITH TIME ZONE,
    shown_earliest TIMESTAMP WITH TIME ZONE,
    shown_latest TIMESTAMP WITH TIME ZONE,
    shown_precision TEXT NOT NULL,
    shown_basis TEXT,
    shown_stated TEXT,
    is_time_collapsed BOOLEAN NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    is_key_event BOOLEAN NOT NULL,
    is_summary BOOLEAN NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE,
    first_snapshot_id TEXT NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    last_snapshot_id TEXT,
    missing_since_at TIMESTAMP WITH TIME ZONE,
    missing_snapshot_id TEXT,
    is_deleted BOOLEAN NOT NULL,
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
);

CREATE INDEX ix_fct_entries_of_document ON fct_entries (document_id, published_at);

CREATE INDEX ix_fct_entries_of_wording ON fct_entries (wording_id);

CREATE INDEX ix_fct_entries_timeline ON fct_entries (published_at);

COMMENT ON TABLE fct_entries IS 'Entries. Grain: one row per post of a live blog; an article is a document with one.';

COMMENT ON COLUMN fct_entries.entry_id IS 'Derived from the document and the entry''s first anchor, or its first wording.';

COMMENT ON COLUMN fct_entries.document_id IS 'The document that it is a post of.';

COMMENT ON COLUMN fct_entries.identity IS 'What the id was derived from: an anchor or a wording.';

COMMENT ON COLUMN fct_entries.anchor IS 'The publisher''s own id, as last stated.';

COMMENT ON COLUMN fct_entries.statement_id IS 'The statement that it was last seen with.';

COMMENT ON COLUMN fct_entries.wording_id IS 'The wording that it was last seen with.';

COMMENT ON COLUMN fct_entries.version_id IS 'The version that it was last seen in.';

COMMENT ON COLUMN fct_entries.versions IS 'How many spells of wording it has had.';

COMMENT ON COLUMN fct_entries.created_at IS 'When it was created, as claimed: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN fct_entries.created_earliest IS 'The earliest instant when it was created, as claimed can have been.';

COMMENT ON COLUMN fct_entries.created_latest IS 'The latest instant when it was created, as claimed can have been.';

COMMENT ON COLUMN fct_entries.created_precision IS 'How finely we know when it was created, as claimed: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN fct_entries.created_basis IS 'The evidence for when it was created, as claimed: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN fct_entries.created_stated IS 'The publisher''s own words for when it was created, as claimed.';

COMMENT ON COLUMN fct_entries.published_at IS 'When it was first published, as claimed: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN fct_entries.published_earliest IS 'The earliest instant when it was first published, as claimed can have been.';

COMMENT ON COLUMN fct_entries.published_latest IS 'The latest instant when it was first published, as claimed can have been.';

COMMENT ON COLUMN fct_entries.published_precision IS 'How finely we know when it was first published, as claimed: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN fct_entries.published_basis IS 'The evidence for when it was first published, as claimed: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN fct_entries.published_stated IS 'The publisher''s own words for when it was first published, as claimed.';

COMMENT ON COLUMN fct_entries.modified_at IS 'When it was last changed, as claimed: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN fct_entries.modified_earliest IS 'The earliest instant when it was last changed, as claimed can have been.';

COMMENT ON COLUMN fct_entries.modified_latest IS 'The latest instant when it was last changed, as claimed can have been.';

COMMENT ON COLUMN fct_entries.modified_precision IS 'How finely we know when it was last changed, as claimed: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN fct_entries.modified_basis IS 'The evidence for when it was last changed, as claimed: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN fct_entries.modified_stated IS 'The publisher''s own words for when it was last changed, as claimed.';

COMMENT ON COLUMN fct_entries.shown_at IS 'When it was published, as readers were last shown beside it: the instant, or the start of the span that the precision names.';

COMMENT ON COLUMN fct_entries.shown_earliest IS 'The earliest instant when it was published, as readers were last shown beside it can have been.';

COMMENT ON COLUMN fct_entries.shown_latest IS 'The latest instant when it was published, as readers were last shown beside it can have been.';

COMMENT ON COLUMN fct_entries.shown_precision IS 'How finely we know when it was published, as readers were last shown beside it: second, minute, hour, day, bounded, unknown.';

COMMENT ON COLUMN fct_entries.shown_basis IS 'The evidence for when it was published, as readers were last shown beside it: api, json-ld, dom, feed, id, text-clock, relative, aligned-copy, order, page-date.';

COMMENT ON COLUMN fct_entries.shown_stated IS 'The publisher''s own words for when it was published, as readers were last shown beside it.';

COMMENT ON COLUMN fct_entries.is_time_collapsed IS 'Its published time is shared by most posts of its page, as after a re-publication.';

COMMENT ON COLUMN fct_entries.is_pinned IS 'It was pinned when last seen.';

COMMENT ON COLUMN fct_entries.is_key_event IS 'It was a key event when last seen.';

COMMENT ON COLUMN fct_entries.is_summary IS 'It was a summary when last seen.';

COMMENT ON COLUMN fct_entries.first_seen_at IS 'The first dated capture that showed it.';

COMMENT ON COLUMN fct_entries.first_snapshot_id IS 'The first snapshot that showed it.';

COMMENT ON COLUMN fct_entries.last_seen_at IS 'The last dated capture that showed it; null while it is on its document''s newest page.';

COMMENT ON COLUMN fct_entries.last_snapshot_id IS 'The last snapshot that showed it; null as last_seen_at.';

COMMENT ON COLUMN fct_entries.missing_since_at IS 'The first capture that covers its place without it, since it was last seen.';

COMMENT ON COLUMN fct_entries.missing_snapshot_id IS 'The snapshot of that capture.';

COMMENT ON COLUMN fct_entries.is_deleted IS 'It is proved to be gone.';

COMMENT ON COLUMN fct_entries.deleted_proof IS 'The proof: tombstone, two-pages.';

CREATE TABLE fct_fetches (
    fetch_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status BIGINT,
    wire_bytes BIGINT,
    milliseconds BIGINT,
    is_conditional BOOLEAN NOT NULL,
    verdict TEXT NOT NULL,
    failure TEXT,
    snapshot_id TEXT,
    CONSTRAINT pk_fct_fetches PRIMARY KEY (fetch_id),
    CONSTRAINT ck_fct_fetches_verdict_known CHECK (verdict in ('none', 'same', 'changed', 'lied-same', 'lied-changed')),
    CONSTRAINT fk_fct_fetches_source_id FOREIGN KEY(source_id) REFERENCES dim_sources (source_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_fetches_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES fct_snapshots (snapshot_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_fetches_history_of_source ON fct_fetches (source_id, started_at);

CREATE INDEX ix_fct_fetches_of_snapshot ON fct_fetches (snapshot_id) WHERE snapshot_id is not null;

COMMENT ON TABLE fct_fetches IS 'Requests. Grain: one row per request made.';

COMMENT ON COLUMN fct_fetches.fetch_id IS 'Derived from source, address and start.';

COMMENT ON COLUMN fct_fetches.source_id IS 'The source that was polled.';

COMMENT ON COLUMN fct_fetches.url IS 'The address that was asked.';

COMMENT ON COLUMN fct_fetches.started_at IS 'When the request was made.';

COMMENT ON COLUMN fct_fetches.status IS 'The HTTP status; null where no answer came.';

COMMENT ON COLUMN fct_fetches.wire_bytes IS 'Bytes received.';

COMMENT ON COLUMN fct_fetches.milliseconds IS 'From the request to the end of its answer.';

COMMENT ON COLUMN fct_fetches.is_conditional IS 'A validator was sent along.';

COMMENT ON COLUMN fct_fetches.verdict IS 'Validator against body hash: none, same, changed, lied-same, lied-changed.';

COMMENT ON COLUMN fct_fetches.failure IS 'Why no usable answer came, in one word.';

COMMENT ON COLUMN fct_fetches.snapshot_id IS 'The snapshot that was stored, if any.';

CREATE TABLE fct_print_units (
    document_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    text_key BIGINT NOT NULL,
    is_lead BOOLEAN NOT NULL,
    prints BIGINT NOT NULL,
    day BIGINT,
    print_version BIGINT NOT NULL,
    is_matched BOOLEAN NOT NULL,
    CONSTRAINT pk_fct_print_units PRIMARY KEY (document_id, text_id),
    CONSTRAINT fk_fct_print_units_document_id FOREIGN KEY(document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_print_units_of_text ON fct_print_units (text_key);

CREATE INDEX ix_fct_print_units_pending ON fct_print_units (document_id) WHERE not is_matched;

CREATE INDEX ix_fct_print_units_versions ON fct_print_units (print_version);

COMMENT ON TABLE fct_print_units IS 'Texts that were printed. Grain: one row per document and distinct text in it.';

COMMENT ON COLUMN fct_print_units.document_id IS 'The document.';

COMMENT ON COLUMN fct_print_units.text_id IS 'The wording, or the digest of the document''s lead.';

COMMENT ON COLUMN fct_print_units.text_key IS 'The text in 64 bits: what fct_prints names it by.';

COMMENT ON COLUMN fct_print_units.is_lead IS 'It is the lead of a live blog, not the wording of an entry.';

COMMENT ON COLUMN fct_print_units.prints IS 'How many prints it has, boilerplate among them.';

COMMENT ON COLUMN fct_print_units.day IS 'The day it was published or first seen, in days since 1970; null where unknown.';

COMMENT ON COLUMN fct_print_units.print_version IS 'The procedure that made its prints.';

COMMENT ON COLUMN fct_print_units.is_matched IS 'It has been compared with everything that was printed before it.';

CREATE TABLE fct_readings (
    snapshot_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    document_id TEXT NOT NULL,
    edition_id TEXT NOT NULL,
    captured_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_fct_readings PRIMARY KEY (snapshot_id, place),
    CONSTRAINT fk_fct_readings_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES fct_snapshots (snapshot_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_readings_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_readings_as_of ON fct_readings (document_id, captured_at, snapshot_id, place);

CREATE INDEX ix_fct_readings_of_edition ON fct_readings (edition_id);

COMMENT ON TABLE fct_readings IS 'Readings. Grain: one row per snapshot and document on it.';

COMMENT ON COLUMN fct_readings.snapshot_id IS 'The snapshot.';

COMMENT ON COLUMN fct_readings.place IS '0 the page itself, n the n-th item on it.';

COMMENT ON COLUMN fct_readings.document_id IS 'The document that was read.';

COMMENT ON COLUMN fct_readings.edition_id IS 'The face that it showed.';

COMMENT ON COLUMN fct_readings.captured_at IS 'When the snapshot was captured.';

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
);

CREATE INDEX ix_fct_rejects_of_document ON fct_rejects (document_id);

CREATE INDEX ix_fct_rejects_of_edition ON fct_rejects (edition_id);

CREATE INDEX ix_fct_rejects_of_snapshot ON fct_rejects (snapshot_id);

COMMENT ON TABLE fct_rejects IS 'Refusals to guess. Grain: one row per piece refused on an edition, or snapshot refused whole.';

COMMENT ON COLUMN fct_rejects.reject_id IS 'Derived from where it was found and why it was refused.';

COMMENT ON COLUMN fct_rejects.snapshot_id IS 'The snapshot, where it was refused whole.';

COMMENT ON COLUMN fct_rejects.edition_id IS 'The edition, where a piece of it was refused.';

COMMENT ON COLUMN fct_rejects.document_id IS 'The document, where one was read.';

COMMENT ON COLUMN fct_rejects.piece IS 'Where on the page, for a person.';

COMMENT ON COLUMN fct_rejects.why IS 'Why it was refused.';

CREATE TABLE fct_sightings (
    edition_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    statement_id TEXT NOT NULL,
    entry_id TEXT,
    is_pinned BOOLEAN NOT NULL,
    CONSTRAINT pk_fct_sightings PRIMARY KEY (edition_id, position),
    CONSTRAINT ck_fct_sightings_position_counts_from_zero CHECK (position >= 0),
    CONSTRAINT fk_fct_sightings_edition_id FOREIGN KEY(edition_id) REFERENCES fct_editions (edition_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_sightings_statement_id FOREIGN KEY(statement_id) REFERENCES dim_statements (statement_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_sightings_of_statement ON fct_sightings (statement_id);

COMMENT ON TABLE fct_sightings IS 'Sightings. Grain: one row per edition and place: this entry, in this wording, stood here.';

COMMENT ON COLUMN fct_sightings.edition_id IS 'The edition; fct_readings says which snapshots showed it.';

COMMENT ON COLUMN fct_sightings.position IS 'Place on the page, 0 at the top.';

COMMENT ON COLUMN fct_sightings.statement_id IS 'What stood there.';

COMMENT ON COLUMN fct_sightings.entry_id IS 'The entry that it is; null for a tombstone or piece of a post never seen, and where it is outranked.';

COMMENT ON COLUMN fct_sightings.is_pinned IS 'It was pinned there.';

CREATE TABLE fct_story_copies (
    document_id TEXT NOT NULL,
    story_id TEXT NOT NULL,
    CONSTRAINT pk_fct_story_copies PRIMARY KEY (document_id),
    CONSTRAINT fk_fct_story_copies_document_id FOREIGN KEY(document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_story_copies_story_id FOREIGN KEY(story_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_story_copies_of_story ON fct_story_copies (story_id);

COMMENT ON TABLE fct_story_copies IS 'Which documents carry one story. Grain: one row per document that is, or has, a copy.';

COMMENT ON COLUMN fct_story_copies.document_id IS 'The document.';

COMMENT ON COLUMN fct_story_copies.story_id IS 'The headline document of the story.';

CREATE TABLE fct_entry_events (
    event_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    earliest_at TIMESTAMP WITH TIME ZONE,
    latest_at TIMESTAMP WITH TIME ZONE,
    before_snapshot_id TEXT,
    after_snapshot_id TEXT NOT NULL,
    proof_snapshot_id TEXT,
    before_version_id TEXT,
    after_version_id TEXT,
    before_stated TEXT,
    after_stated TEXT,
    claimed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_fct_entry_events PRIMARY KEY (event_id),
    CONSTRAINT ck_fct_entry_events_kind_known CHECK (kind in ('posted', 'edited', 'moved', 'pinned', 'unpinned', 're-dated', 'deleted', 'restored')),
    CONSTRAINT ck_fct_entry_events_bounds_in_order CHECK (earliest_at <= latest_at),
    CONSTRAINT fk_fct_entry_events_entry_id FOREIGN KEY(entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_entry_events_by_kind ON fct_entry_events (kind, latest_at);

CREATE INDEX ix_fct_entry_events_of_document ON fct_entry_events (document_id, latest_at);

CREATE INDEX ix_fct_entry_events_of_entry ON fct_entry_events (entry_id, latest_at);

COMMENT ON TABLE fct_entry_events IS 'What happened to entries. Grain: one row per change of one entry.';

COMMENT ON COLUMN fct_entry_events.event_id IS 'Derived from the entry, the kind and the proving snapshot.';

COMMENT ON COLUMN fct_entry_events.entry_id IS 'The entry.';

COMMENT ON COLUMN fct_entry_events.document_id IS 'The document.';

COMMENT ON COLUMN fct_entry_events.kind IS 'What happened: posted, edited, moved, pinned, unpinned, re-dated, deleted, restored.';

COMMENT ON COLUMN fct_entry_events.earliest_at IS 'The last capture that proves it had not happened yet; null where none does.';

COMMENT ON COLUMN fct_entry_events.latest_at IS 'The first capture that proves it had happened; null where its time was not recorded.';

COMMENT ON COLUMN fct_entry_events.before_snapshot_id IS 'The snapshot of the earlier capture.';

COMMENT ON COLUMN fct_entry_events.after_snapshot_id IS 'The snapshot of the later capture.';

COMMENT ON COLUMN fct_entry_events.proof_snapshot_id IS 'The second page without the entry, for a deletion by two pages.';

COMMENT ON COLUMN fct_entry_events.before_version_id IS 'The version before.';

COMMENT ON COLUMN fct_entry_events.after_version_id IS 'The version after.';

COMMENT ON COLUMN fct_entry_events.before_stated IS 'What was stated before: a time, a place.';

COMMENT ON COLUMN fct_entry_events.after_stated IS 'What is stated after.';

COMMENT ON COLUMN fct_entry_events.claimed_at IS 'When it happened, as the publisher claims.';

CREATE TABLE fct_entry_versions (
    version_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    wording_id TEXT NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE,
    unseen_at TIMESTAMP WITH TIME ZONE,
    first_seen_at TIMESTAMP WITH TIME ZONE,
    first_snapshot_id TEXT NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    last_snapshot_id TEXT,
    CONSTRAINT pk_fct_entry_versions PRIMARY KEY (version_id),
    CONSTRAINT ck_fct_entry_versions_number_counts_from_one CHECK (number >= 1),
    CONSTRAINT ck_fct_entry_versions_seen_in_order CHECK (first_seen_at <= last_seen_at),
    CONSTRAINT fk_fct_entry_versions_entry_id FOREIGN KEY(entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_entry_versions_wording_id FOREIGN KEY(wording_id) REFERENCES dim_wordings (wording_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_entry_versions_of_document ON fct_entry_versions (document_id, first_seen_at);

CREATE INDEX ix_fct_entry_versions_of_entry ON fct_entry_versions (entry_id, number);

CREATE INDEX ix_fct_entry_versions_of_wording ON fct_entry_versions (wording_id);

COMMENT ON TABLE fct_entry_versions IS 'Versions. Grain: one row per spell of one wording of an entry.';

COMMENT ON COLUMN fct_entry_versions.version_id IS 'Derived from the entry, the wording, and how often the entry had come to it.';

COMMENT ON COLUMN fct_entry_versions.entry_id IS 'The entry.';

COMMENT ON COLUMN fct_entry_versions.document_id IS 'The document.';

COMMENT ON COLUMN fct_entry_versions.number IS '1 for the first spell; A, B, A is three.';

COMMENT ON COLUMN fct_entry_versions.wording_id IS 'The wording.';

COMMENT ON COLUMN fct_entry_versions.claimed_at IS 'When the publisher says that it came to this wording: published, then modified.';

COMMENT ON COLUMN fct_entry_versions.unseen_at IS 'The last capture that still showed the wording before; null where none bounds it.';

COMMENT ON COLUMN fct_entry_versions.first_seen_at IS 'The first dated capture that showed it.';

COMMENT ON COLUMN fct_entry_versions.first_snapshot_id IS 'The first snapshot that showed it.';

COMMENT ON COLUMN fct_entry_versions.last_seen_at IS 'The last dated capture that showed it; null while it is on its document''s newest page.';

COMMENT ON COLUMN fct_entry_versions.last_snapshot_id IS 'The last snapshot that showed it; null as last_seen_at.';

CREATE TABLE fct_syndications (
    link_id TEXT NOT NULL,
    level TEXT NOT NULL,
    copy_document_id TEXT NOT NULL,
    origin_document_id TEXT NOT NULL,
    copy_entry_id TEXT,
    origin_entry_id TEXT,
    copy_text_id TEXT,
    origin_text_id TEXT,
    shared BIGINT NOT NULL,
    copy_size BIGINT NOT NULL,
    origin_size BIGINT NOT NULL,
    share_of_copy FLOAT(53) NOT NULL,
    share_of_origin FLOAT(53) NOT NULL,
    longest_run BIGINT NOT NULL,
    sample TEXT NOT NULL,
    score FLOAT(53) NOT NULL,
    words BIGINT NOT NULL,
    figures_agree FLOAT(53),
    titles_agree FLOAT(53),
    is_same_carrier BOOLEAN NOT NULL,
    copy_day BIGINT,
    origin_day BIGINT,
    days_apart FLOAT(53),
    origin_name TEXT,
    reason TEXT NOT NULL,
    confidence FLOAT(53) NOT NULL,
    copy_first_seen_at TIMESTAMP WITH TIME ZONE,
    origin_first_seen_at TIMESTAMP WITH TIME ZONE,
    is_refuted BOOLEAN NOT NULL,
    print_version BIGINT NOT NULL,
    CONSTRAINT pk_fct_syndications PRIMARY KEY (link_id),
    CONSTRAINT ck_fct_syndications_level_known CHECK (level in ('document', 'entry')),
    CONSTRAINT ck_fct_syndications_shares_are_shares CHECK (share_of_copy between 0 and 1 and share_of_origin between 0 and 1),
    CONSTRAINT ck_fct_syndications_entries_where_entry_level CHECK ((level = 'entry') = (copy_entry_id is not null)),
    CONSTRAINT ck_fct_syndications_entries_on_both_sides CHECK ((copy_entry_id is null) = (origin_entry_id is null)),
    CONSTRAINT fk_fct_syndications_copy_document_id FOREIGN KEY(copy_document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_origin_document_id FOREIGN KEY(origin_document_id) REFERENCES dim_documents (document_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_copy_entry_id FOREIGN KEY(copy_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_syndications_origin_entry_id FOREIGN KEY(origin_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_syndications_of_copied_entry ON fct_syndications (copy_entry_id) WHERE copy_entry_id is not null;

CREATE INDEX ix_fct_syndications_of_copy ON fct_syndications (copy_document_id, level);

CREATE INDEX ix_fct_syndications_of_origin ON fct_syndications (origin_document_id, level);

CREATE INDEX ix_fct_syndications_of_original_entry ON fct_syndications (origin_entry_id) WHERE origin_entry_id is not null;

COMMENT ON TABLE fct_syndications IS 'Shared text, as a link from the copy to its origin. Grain: one row per pair of documents or entries.';

COMMENT ON COLUMN fct_syndications.link_id IS 'Derived from the level and both sides, whichever of them is the origin.';

COMMENT ON COLUMN fct_syndications.level IS 'Between what it stands: document, entry.';

COMMENT ON COLUMN fct_syndications.copy_document_id IS 'The document of the copy.';

COMMENT ON COLUMN fct_syndications.origin_document_id IS 'The document of the origin.';

COMMENT ON COLUMN fct_syndications.copy_entry_id IS 'The entry that is the copy.';

COMMENT ON COLUMN fct_syndications.origin_entry_id IS 'The entry that is the origin.';

COMMENT ON COLUMN fct_syndications.copy_text_id IS 'The wording that was compared, where it is one.';

COMMENT ON COLUMN fct_syndications.origin_text_id IS 'The wording that was compared, where it is one.';

COMMENT ON COLUMN fct_syndications.shared IS 'Distinct runs of five words that both sides have.';

COMMENT ON COLUMN fct_syndications.copy_size IS 'Distinct runs of five words of the copy, boilerplate apart.';

COMMENT ON COLUMN fct_syndications.origin_size IS 'Distinct runs of five words of the origin, the same way.';

COMMENT ON COLUMN fct_syndications.share_of_copy IS 'How much of the copy stands in the origin, 0 to 1.';

COMMENT ON COLUMN fct_syndications.share_of_origin IS 'How much of the origin stands in the copy, 0 to 1.';

COMMENT ON COLUMN fct_syndications.longest_run IS 'Words of the longest passage that both have verbatim.';

COMMENT ON COLUMN fct_syndications.sample IS 'That passage, or its beginning.';

COMMENT ON COLUMN fct_syndications.score IS 'The larger of the two shares.';

COMMENT ON COLUMN fct_syndications.words IS 'Words of the shorter side.';

COMMENT ON COLUMN fct_syndications.figures_agree IS 'Share of the poorer side''s figures that stand on both; null without any.';

COMMENT ON COLUMN fct_syndications.titles_agree IS 'Share of the shorter headline''s words that the other has; null without.';

COMMENT ON COLUMN fct_syndications.is_same_carrier IS 'Both were published by one house: an update or a series, no syndication.';

COMMENT ON COLUMN fct_syndications.copy_day IS 'The day of the copy, in days since 1970; null where unknown.';

COMMENT ON COLUMN fct_syndications.origin_day IS 'The day of the origin, in days since 1970; null where unknown.';

COMMENT ON COLUMN fct_syndications.days_apart IS 'Days between the two claims; null where one is unknown.';

COMMENT ON COLUMN fct_syndications.origin_name IS 'Who wrote it, where we know.';

COMMENT ON COLUMN fct_syndications.reason IS 'Why this side is the origin.';

COMMENT ON COLUMN fct_syndications.confidence IS 'How sure that is, 0 to 1; below 0.6 it goes to a person.';

COMMENT ON COLUMN fct_syndications.copy_first_seen_at IS 'The first dated capture of the copy.';

COMMENT ON COLUMN fct_syndications.origin_first_seen_at IS 'The first dated capture of the origin.';

COMMENT ON COLUMN fct_syndications.is_refuted IS 'A person said that this is no copy.';

COMMENT ON COLUMN fct_syndications.print_version IS 'The procedure that found it.';

CREATE TABLE fct_align_queue (
    link_id TEXT NOT NULL,
    CONSTRAINT pk_fct_align_queue PRIMARY KEY (link_id),
    CONSTRAINT fk_fct_align_queue_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE
);

COMMENT ON TABLE fct_align_queue IS 'Pairs with a live blog that wait to be aligned. Grain: one row per link between documents.';

COMMENT ON COLUMN fct_align_queue.link_id IS 'The link between the two documents.';

CREATE TABLE fct_aligned_pairs (
    link_id TEXT NOT NULL,
    copy_content_id TEXT NOT NULL,
    origin_content_id TEXT NOT NULL,
    align_version BIGINT NOT NULL,
    CONSTRAINT pk_fct_aligned_pairs PRIMARY KEY (link_id),
    CONSTRAINT fk_fct_aligned_pairs_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_aligned_pairs_versions ON fct_aligned_pairs (align_version);

COMMENT ON TABLE fct_aligned_pairs IS 'Pairs that were aligned, as they stood then. Grain: one row per link between documents.';

COMMENT ON COLUMN fct_aligned_pairs.link_id IS 'The link between the two documents.';

COMMENT ON COLUMN fct_aligned_pairs.copy_content_id IS 'The state of the link''s copy that was aligned (dim_documents.content_id).';

COMMENT ON COLUMN fct_aligned_pairs.origin_content_id IS 'The state of the link''s origin that was aligned.';

COMMENT ON COLUMN fct_aligned_pairs.align_version IS 'The procedure that aligned them.';

CREATE TABLE fct_alignments (
    copy_entry_id TEXT NOT NULL,
    link_id TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    body_starts_at BIGINT NOT NULL,
    copy_wording_id TEXT NOT NULL,
    copy_document_id TEXT NOT NULL,
    original_document_id TEXT NOT NULL,
    original_entry_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    shared_words BIGINT NOT NULL,
    share_of_copy FLOAT(53) NOT NULL,
    share_of_original FLOAT(53) NOT NULL,
    CONSTRAINT pk_fct_alignments PRIMARY KEY (copy_entry_id, link_id, starts_at),
    CONSTRAINT ck_fct_alignments_characters_in_order CHECK (0 <= starts_at and starts_at <= body_starts_at and body_starts_at <= ends_at and starts_at < ends_at),
    CONSTRAINT ck_fct_alignments_two_documents CHECK (copy_document_id <> original_document_id),
    CONSTRAINT ck_fct_alignments_counts_are_counts CHECK (place >= 0 and shared_words > 0),
    CONSTRAINT ck_fct_alignments_shares_are_shares CHECK (share_of_copy between 0 and 1 and share_of_original between 0 and 1),
    CONSTRAINT fk_fct_alignments_copy_entry_id FOREIGN KEY(copy_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_alignments_link_id FOREIGN KEY(link_id) REFERENCES fct_syndications (link_id) ON DELETE CASCADE,
    CONSTRAINT fk_fct_alignments_original_entry_id FOREIGN KEY(original_entry_id) REFERENCES fct_entries (entry_id) ON DELETE CASCADE
);

CREATE INDEX ix_fct_alignments_of_copy ON fct_alignments (copy_document_id);

CREATE INDEX ix_fct_alignments_of_link ON fct_alignments (link_id);

CREATE INDEX ix_fct_alignments_of_original ON fct_alignments (original_entry_id);

COMMENT ON TABLE fct_alignments IS 'Copies against originals. Grain: one row per link and stretch of a copy''s entry that is one post there.';

COMMENT ON COLUMN fct_alignments.copy_entry_id IS 'The entry of the copy.';

COMMENT ON COLUMN fct_alignments.link_id IS 'The evidence: the link between the two documents.';

COMMENT ON COLUMN fct_alignments.starts_at IS 'Where the stretch begins in the entry: characters of headline, line break and body.';

COMMENT ON COLUMN fct_alignments.ends_at IS 'Where it ends: the character after its last.';

COMMENT ON COLUMN fct_alignments.body_starts_at IS 'Where it goes on behind a headline of its own or glued to it.';

COMMENT ON COLUMN fct_alignments.copy_wording_id IS 'The wording whose characters are counted; a stretch of a former one is not shown.';

COMMENT ON COLUMN fct_alignments.copy_document_id IS 'The document of the copy.';

COMMENT ON COLUMN fct_alignments.original_document_id IS 'The document that has the clocks.';

COMMENT ON COLUMN fct_alignments.original_entry_id IS 'The post of the original that the stretch is.';

COMMENT ON COLUMN fct_alignments.place IS 'The match that it is part of, counted down the copy from 0.';

COMMENT ON COLUMN fct_alignments.shared_words IS 'Words of the match in runs of five that only this post has.';

COMMENT ON COLUMN fct_alignments.share_of_copy IS 'How much of the match those are, 0 to 1.';

COMMENT ON COLUMN fct_alignments.share_of_original IS 'How much of the original''s post those are, 0 to 1.';

CREATE TABLE fct_inheritances (
    entry_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    wording_id TEXT NOT NULL,
    link_id TEXT NOT NULL,
    original_document_id TEXT NOT NULL,
    original_entry_id TEXT,
    posts BIGINT NOT NULL,
    share_of_copy FLOAT(53) NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    published_earliest TIMESTAMP WITH TIME ZONE,
    published_latest TIMESTAMP WITH TIME ZONE,
    published_precision TEXT,
    published_stated TEXT,
    shown_at TIMESTAMP WITH TIME ZONE,
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
);

CREATE INDEX ix_fct_inheritances_of_document ON fct_inheritances (document_id);

CREATE INDEX ix_fct_inheritances_of_link ON fct_inheritances (link_id);

CREATE INDEX ix_fct_inheritances_timeline ON fct_inheritances (published_at);

COMMENT ON TABLE fct_inheritances IS 'What copies take over. Grain: one row per entry of a copy that an original lends an id or a time to.';

COMMENT ON COLUMN fct_inheritances.entry_id IS 'The entry of the copy.';

COMMENT ON COLUMN fct_inheritances.document_id IS 'The document of the copy.';

COMMENT ON COLUMN fct_inheritances.wording_id IS 'The wording that was aligned; a former one inherits nothing.';

COMMENT ON COLUMN fct_inheritances.link_id IS 'The evidence: of several originals, the link to the one that lends.';

COMMENT ON COLUMN fct_inheritances.original_document_id IS 'The document that lends.';

COMMENT ON COLUMN fct_inheritances.original_entry_id IS 'The post of it that the entry is; null where the entry holds several.';

COMMENT ON COLUMN fct_inheritances.posts IS 'How many posts of the original the entry holds.';

COMMENT ON COLUMN fct_inheritances.share_of_copy IS 'How much of the match stands in the original, 0 to 1.';

COMMENT ON COLUMN fct_inheritances.published_at IS 'When that post was published; null for several, and where no time is inherited.';

COMMENT ON COLUMN fct_inheritances.published_earliest IS 'The earliest instant when it, or the first of several, can have been published.';

COMMENT ON COLUMN fct_inheritances.published_latest IS 'The latest instant when it, or the last of several, can have been published.';

COMMENT ON COLUMN fct_inheritances.published_precision IS 'How finely we know that; null where no time is inherited.';

COMMENT ON COLUMN fct_inheritances.published_stated IS 'The original''s own words for it.';

COMMENT ON COLUMN fct_inheritances.shown_at IS 'When it was published, as the original shows it to readers.';
