-- Times are milliseconds since 1970.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON
  settings TEXT NOT NULL,
  muted INTEGER NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (project, slug)
) STRICT;
CREATE TABLE environments (
  job INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  since INTEGER NOT NULL,
  -- Runs in a row that failed, and that went well.
  failures INTEGER NOT NULL,
  successes INTEGER NOT NULL,
  -- When the next run is to begin, and until when it may; 0 for never.
  expected INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  PRIMARY KEY (job, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX environments_waiting ON environments (deadline) WHERE deadline > 0;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL,
  environment TEXT NOT NULL,
  run TEXT NOT NULL,
  status TEXT NOT NULL,
  timed_out INTEGER NOT NULL DEFAULT 0,
  unwatched INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL,
  ended INTEGER,
  duration REAL,
  -- Until when it may take, while it is in progress.
  deadline INTEGER NOT NULL,
  command TEXT NOT NULL DEFAULT '',
  host TEXT NOT NULL DEFAULT '',
  release TEXT NOT NULL DEFAULT '',
  trace TEXT NOT NULL DEFAULT '',
  files TEXT NOT NULL DEFAULT '[]',
  ok INTEGER,
  failed INTEGER,
  total INTEGER,
  exit_code INTEGER,
  UNIQUE (job, run)
) STRICT;
CREATE INDEX runs_by_job ON runs (job, id);
CREATE INDEX runs_by_environment ON runs (job, environment, id);
CREATE INDEX runs_in_progress ON runs (deadline) WHERE status = 'in_progress';
CREATE INDEX runs_by_age ON runs (started);
CREATE TABLE outputs (run INTEGER PRIMARY KEY, job INTEGER NOT NULL, output TEXT NOT NULL) STRICT;
CREATE INDEX outputs_by_job ON outputs (job, run);
-- Until when misses were looked for: after that Heed did not run.
CREATE TABLE watched (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL) STRICT;
