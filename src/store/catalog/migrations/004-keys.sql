-- A project may have several keys; `projects.key` only keeps the first one's place.
CREATE TABLE keys (
  id INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created INTEGER NOT NULL,
  active INTEGER NOT NULL,
  most_per_minute INTEGER
) STRICT;

CREATE INDEX keys_project ON keys (project);

INSERT INTO keys (project, key, label, created, active) SELECT id, key, 'Default', created, 1 FROM projects;

ALTER TABLE projects ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

CREATE TABLE removed_projects (id INTEGER PRIMARY KEY) STRICT;
