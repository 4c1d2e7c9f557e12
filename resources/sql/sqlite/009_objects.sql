-- Objects that a client names by id in later requests: responses, their items, conversations.
CREATE TABLE objects (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    expires_ms INTEGER NOT NULL
);
CREATE INDEX objects_by_expiry ON objects (expires_ms) WHERE expires_ms > 0;
