-- How many requests a key answered, by four minutes (time_ms / 240000) of their arrival: a key's day would else be
-- counted from every request of that day. Kept for three days.
CREATE TABLE key_usage (
    start INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (start, key_id)
) WITHOUT ROWID;

-- The first request that is counted there.
INSERT INTO tallies SELECT 'key_usage_from', coalesce(max(seq), 0) + 1 FROM requests;
