-- What a user says of a key. tags and models: JSON arrays of texts, '' for none. proxy: sealed as secret is.
-- tier: 0 unknown, 1 free, 2 paid. state is 0 usable or 1 sidelined from here on; 2 (disabled) becomes
-- enabled 0.
-- secret holds sealed bytes from here on ('' when wiped); a deleted key keeps it for a day, so that it can come
-- back.
ALTER TABLE keys ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN project TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN weight INTEGER NOT NULL DEFAULT 100;
ALTER TABLE keys ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE keys ADD COLUMN allowed_models TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN denied_models TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN proxy BLOB NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN minute_requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN minute_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN day_requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN tier INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN last_checked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN last_error TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN last_error_ms INTEGER NOT NULL DEFAULT 0;
UPDATE keys SET enabled = 0, state = 0 WHERE state = 2;
CREATE INDEX keys_to_wipe ON keys (deleted_ms) WHERE deleted_ms > 0 AND secret <> '';

-- value is sealed where sealed is 1.
ALTER TABLE settings ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;

-- Millionths of a US dollar; NULL: no price was known.
ALTER TABLE requests ADD COLUMN cost_micro INTEGER;

-- Of the store itself: the check value of the master key and where that is kept.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- What is known of Google's allowances. scope: a project's name, or '#17' for key 17 alone. day: Google's, days
-- since 1970 in Pacific time. limits: JSON {"minute_requests":[value, learned ms],…}, '' for none.
CREATE TABLE quotas (
    scope TEXT NOT NULL,
    model TEXT NOT NULL,
    day INTEGER NOT NULL,
    day_requests INTEGER NOT NULL,
    day_tokens INTEGER NOT NULL,
    limits TEXT NOT NULL,
    unavailable_until_ms INTEGER NOT NULL,
    unavailable_reason TEXT NOT NULL,
    unavailable_tries INTEGER NOT NULL,
    PRIMARY KEY (scope, model)
) WITHOUT ROWID;

CREATE TABLE model_states (
    model TEXT PRIMARY KEY,
    open_until_ms INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;

-- digest: BLAKE2b-256 of the token's text, which is kept nowhere. models, tags, networks: JSON arrays, '' for
-- none. dialects: the bit 1 << dialect for each, 0 for all. Deleted ones go for good after a day.
CREATE TABLE access_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    hint TEXT NOT NULL,
    note TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    models TEXT NOT NULL,
    dialects INTEGER NOT NULL,
    tags TEXT NOT NULL,
    networks TEXT NOT NULL,
    minute_requests INTEGER NOT NULL,
    minute_tokens INTEGER NOT NULL,
    day_requests INTEGER NOT NULL,
    day_tokens INTEGER NOT NULL,
    month_micro_usd INTEGER NOT NULL,
    deleted_ms INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX access_tokens_by_name ON access_tokens (name) WHERE deleted_ms = 0;
CREATE UNIQUE INDEX access_tokens_by_digest ON access_tokens (digest) WHERE deleted_ms = 0;

-- day: days since 1970 UTC, month: months since January 1970 UTC; the counts are of these.
CREATE TABLE token_use (
    token_id INTEGER PRIMARY KEY REFERENCES access_tokens(id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    day_requests INTEGER NOT NULL,
    day_tokens INTEGER NOT NULL,
    month INTEGER NOT NULL,
    month_micro_usd INTEGER NOT NULL,
    last_used_ms INTEGER NOT NULL
);

-- In micro-USD for a million tokens. long_…: for prompts over long_from tokens, 0 for none.
CREATE TABLE prices (
    model TEXT PRIMARY KEY,
    input INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    output INTEGER NOT NULL,
    long_from INTEGER NOT NULL,
    long_input INTEGER NOT NULL,
    long_cached INTEGER NOT NULL,
    long_output INTEGER NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;

-- url is sealed.
CREATE TABLE proxies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url BLOB NOT NULL,
    label TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    resting_until_ms INTEGER NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
);

-- Sums of requests by minute (time_ms / 60000) and by hour (time_ms / 3600000) of their arrival, and by model
-- used, else asked (names.id). durations, first_bytes: how many took how long, see durationcounts.h.
CREATE TABLE usage_minutes (
    start INTEGER NOT NULL,
    model INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    cost_micro INTEGER NOT NULL,
    durations BLOB NOT NULL,
    first_bytes BLOB NOT NULL,
    PRIMARY KEY (start, model)
) WITHOUT ROWID;
CREATE TABLE usage_hours (
    start INTEGER NOT NULL,
    model INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    cost_micro INTEGER NOT NULL,
    durations BLOB NOT NULL,
    first_bytes BLOB NOT NULL,
    PRIMARY KEY (start, model)
) WITHOUT ROWID;
