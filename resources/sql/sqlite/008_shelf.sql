-- Files and batches that clients leave here and name by id later. kind: 'file' or 'batch'. owner: the name of the
-- access token that left it. label: a file's purpose. state: a JSON object, see dialects/batches. content stands
-- last as it may be large, which a list need not read.
CREATE TABLE shelf (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    label TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX shelf_by_owner ON shelf (owner, kind, created_ms, id);
CREATE INDEX shelf_by_expiry ON shelf (expires_ms) WHERE expires_ms > 0;
