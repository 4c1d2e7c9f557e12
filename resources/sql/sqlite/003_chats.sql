-- Conversations of the built-in chat. settings: a JSON object that the window alone reads, '' for none. Deleted
-- ones go for good after a day.
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    model TEXT NOT NULL,
    system TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    deleted_ms INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX chats_by_update ON chats (updated_ms, id) WHERE deleted_ms = 0;
CREATE INDEX chats_to_drop ON chats (deleted_ms) WHERE deleted_ms > 0;

-- role: 'user' or 'model'. Tokens and durations: -1 for not told. content: a JSON object, see chatrow.h; it
-- stands last as it may hold whole pictures, which a search need not read.
CREATE TABLE chat_messages (
    chat_id INTEGER NOT NULL REFERENCES chats(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    model TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    key_label TEXT NOT NULL,
    error TEXT NOT NULL,
    text TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (chat_id, position)
);
