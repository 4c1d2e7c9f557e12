-- Times are ms since 1970 UTC, durations ms.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A deleted key stays as a tombstone (deleted_ms > 0, secret wiped), so that the environment does not bring it
-- back. fingerprint: BLAKE2b-256 of the secret. state: 0 usable, 1 sidelined, 2 disabled.
CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    state INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    since_ms INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    last_used_ms INTEGER NOT NULL DEFAULT 0,
    calls INTEGER NOT NULL DEFAULT 0,
    failed_calls INTEGER NOT NULL DEFAULT 0,
    deleted_ms INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE key_rests (
    key_id INTEGER NOT NULL REFERENCES keys(id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (key_id, model)
) WITHOUT ROWID;

-- Words that recur in requests: tokens, methods, models.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

-- Whole numbers kept beside the tables: request_rows, so that nobody has to count them.
CREATE TABLE tallies (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tallies VALUES ('request_rows', 0);

-- One row per client request, in the order they ended. token, method, model_asked, model_used: names.id (0: none).
-- attempts: JSON [{"key":…,"status":…,"start":…,"ms":…,"error":…}], NULL when there was one with the row's key
-- and status and nothing went wrong, or none (key_id 0).
CREATE TABLE requests (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    token INTEGER NOT NULL,
    dialect INTEGER NOT NULL,
    method INTEGER NOT NULL,
    model_asked INTEGER NOT NULL,
    model_used INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    status INTEGER NOT NULL,
    error TEXT,
    streamed INTEGER NOT NULL,
    first_byte_ms INTEGER,
    duration_ms INTEGER NOT NULL,
    prompt_tokens INTEGER,
    candidate_tokens INTEGER,
    thought_tokens INTEGER,
    cached_tokens INTEGER,
    tool_tokens INTEGER,
    total_tokens INTEGER,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    attempts TEXT
);

CREATE TABLE request_bodies (
    seq INTEGER PRIMARY KEY,
    request BLOB NOT NULL,
    response BLOB NOT NULL
);

-- Which blocks of 4096 requests (block = seq >> 12) hold a value: 1 token, 2 dialect, 3 method, 4 model (asked or
-- used), 5 key, 6 status, 7 failed (status >= 400 or an error; value 1), 8 duration (bits of its ms), 9 minute
-- of time_ms. A filter reads the blocks named here, newest first, and tests their rows. Five plain indexes
-- cost 4 to 8 us for each request, this costs a tenth of it.
CREATE TABLE request_blocks (
    kind INTEGER NOT NULL,
    value INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (kind, value, block)
) WITHOUT ROWID;

CREATE TABLE owners (
    resource TEXT PRIMARY KEY,
    key_id INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX owners_by_expiry ON owners (expires_ms) WHERE expires_ms > 0;

CREATE TABLE signatures (
    call_id TEXT PRIMARY KEY,
    signature TEXT NOT NULL,
    expires_ms INTEGER NOT NULL
);
CREATE INDEX signatures_by_expiry ON signatures (expires_ms) WHERE expires_ms > 0;
