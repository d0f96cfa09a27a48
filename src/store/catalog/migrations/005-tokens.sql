-- Tokens for programs. What they are is known only to who was given them: here is their SHA-256.
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  ending TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  used INTEGER
) STRICT;
