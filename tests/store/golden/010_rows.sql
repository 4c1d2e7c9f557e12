INSERT INTO access_tokens VALUES (1, 'laptop', 'd1', 'x9Qk', 'n', 1, 5, 6, '["gemini-*"]', 3, '["a"]', '["10.0.0.0/8"]', 1, 2, 3, 4, 5, 0, 'thinking=low; search', 'ab12')
