INSERT INTO settings VALUES ('AUTH_TOKEN', 'sealed', 1)
INSERT INTO chats VALUES (4, 'Retry with jitter', 'gemini-3-pro', 'Be brief.', '{"think":true}', 5, 9, 0)
INSERT INTO chat_messages VALUES (4, 0, 'user', '', 5, -1, -1, -1, '', '', 'How?', '{"parts":[{"text":"How?"}]}')
INSERT INTO chat_messages VALUES (4, 1, 'model', 'gemini-3-pro', 6, 12, 34, 4100, 'Studio 02', '', 'So.', '{}')
