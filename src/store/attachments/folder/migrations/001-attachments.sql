-- Files that came with events. Their bytes lie beside this file, by sha256, once for all rows that have it.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL,
  event TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  kind TEXT NOT NULL,
  image TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  time INTEGER NOT NULL,
  UNIQUE (project, event, name, sha256)
) STRICT;
CREATE INDEX attachments_by_sha256 ON attachments (sha256);
CREATE INDEX attachments_by_time ON attachments (time);
CREATE INDEX attachments_by_project ON attachments (project, time);

-- Kept by the triggers, so that nobody has to add up all rows.
CREATE TABLE totals (project INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
CREATE TRIGGER attachments_add AFTER INSERT ON attachments BEGIN
  INSERT INTO totals VALUES (new.project, 1, new.size) ON CONFLICT (project) DO UPDATE SET count = count + 1, bytes = bytes + new.size;
END;
CREATE TRIGGER attachments_remove AFTER DELETE ON attachments BEGIN
  UPDATE totals SET count = count - 1, bytes = bytes - old.size WHERE project = old.project;
END;
