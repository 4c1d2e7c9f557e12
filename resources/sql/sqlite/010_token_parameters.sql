-- What a token's requests are given, as text: "thinking=low; search". owner: what it keeps bears this name, also when
-- its text is another; '' until a token of before is seen, whose text says it.
ALTER TABLE access_tokens ADD COLUMN parameters TEXT NOT NULL DEFAULT '';
ALTER TABLE access_tokens ADD COLUMN owner TEXT NOT NULL DEFAULT '';
