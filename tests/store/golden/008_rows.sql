INSERT INTO settings VALUES ('AUTH_TOKEN', 'sealed', 1)
INSERT INTO request_bodies VALUES (3, '{}', 'no', 'POST /v1/messages', '429', '{"contents":[]}')
INSERT INTO shelf VALUES ('file-1', 'file', 'me', 'batch', 5, 9, '{}', 'x')
