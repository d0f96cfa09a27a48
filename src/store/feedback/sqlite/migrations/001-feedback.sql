CREATE TABLE feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL,
  key TEXT NOT NULL,
  time INTEGER NOT NULL,
  message TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  url TEXT NOT NULL,
  event_id TEXT NOT NULL,
  own_id TEXT NOT NULL,
  environment TEXT NOT NULL,
  release TEXT NOT NULL,
  browser TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  changed INTEGER NOT NULL DEFAULT 0,
  changed_by TEXT NOT NULL DEFAULT '',
  issue INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project, key)
) STRICT;
CREATE INDEX feedback_by_state ON feedback (state, project, id);
CREATE INDEX feedback_by_event ON feedback (event_id) WHERE event_id <> '';
