-- Runs of jobs in which errors happened; `last` is the time of the latest.
CREATE TABLE job_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, run TEXT NOT NULL, slug TEXT NOT NULL, events INTEGER NOT NULL, last INTEGER NOT NULL,
  UNIQUE (project, run)
) STRICT;
CREATE INDEX job_runs_by_time ON job_runs (last);
-- Which input file and record an event is of.
CREATE TABLE job_events (event INTEGER PRIMARY KEY, run INTEGER NOT NULL, grp INTEGER NOT NULL, file TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE INDEX job_events_by_file ON job_events (run, file, record, grp)
