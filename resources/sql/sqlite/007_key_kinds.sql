-- Which of Google's APIs a key is for: 0 Gemini, 1 Vertex AI in express mode; and where it is used, '': the usual place.
ALTER TABLE keys ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN base_url TEXT NOT NULL DEFAULT '';
