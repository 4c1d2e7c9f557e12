INSERT INTO settings VALUES ('AUTH_TOKEN', 'sealed', 1)
INSERT INTO objects VALUES ('resp_1', '{"id":"resp_1"}', 1790000000000)
