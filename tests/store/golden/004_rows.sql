INSERT INTO settings VALUES ('AUTH_TOKEN', 'sealed', 1)
INSERT INTO quotas VALUES ('team', 'gemini-3-pro', 20000, 5, 700, '{"day_requests":[100,9]}', 11, 'not found', 2, 1, 8)
