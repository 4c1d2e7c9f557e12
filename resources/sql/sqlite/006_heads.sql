-- Heads of requests and answers, where bodies are kept: lines, credentials masked.
ALTER TABLE request_bodies ADD COLUMN request_head TEXT NOT NULL DEFAULT '';
ALTER TABLE request_bodies ADD COLUMN response_head TEXT NOT NULL DEFAULT '';
