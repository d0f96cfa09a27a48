-- Addresses that belong to an issue: a ticket, a merge request.
CREATE TABLE links (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue INTEGER NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, by TEXT NOT NULL, time INTEGER NOT NULL,
  UNIQUE (issue, url)
) STRICT
