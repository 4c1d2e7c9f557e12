-- Beside bodies: heads of requests and answers (lines, credentials masked), and what Google was asked.
ALTER TABLE request_bodies ADD COLUMN request_head TEXT NOT NULL DEFAULT '';
ALTER TABLE request_bodies ADD COLUMN response_head TEXT NOT NULL DEFAULT '';
ALTER TABLE request_bodies ADD COLUMN sent BLOB NOT NULL DEFAULT '';
