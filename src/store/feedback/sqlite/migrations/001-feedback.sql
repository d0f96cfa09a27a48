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
CREATE INDEX feedback_by_event ON feedback (project, id) WHERE event_id <> '';
CREATE INDEX feedback_untied ON feedback (project, id) WHERE event_id <> '' AND issue = 0;
-- Their words, to be searched; what is written never changes.
CREATE VIRTUAL TABLE feedback_words USING fts5 (
  message, name, email, url, content = 'feedback', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER feedback_added AFTER INSERT ON feedback BEGIN
  INSERT INTO feedback_words (rowid, message, name, email, url) VALUES (new.id, new.message, new.name, new.email, new.url);
END;
CREATE TRIGGER feedback_removed AFTER DELETE ON feedback BEGIN
  INSERT INTO feedback_words (feedback_words, rowid, message, name, email, url) VALUES ('delete', old.id, old.message, old.name, old.email, old.url);
END;
