-- Release health. Sessions by the hour in which they began, by how they went; release and environment 0 are for those beyond what is told apart in an hour.
CREATE TABLE session_hours (
  project INTEGER NOT NULL, hour INTEGER NOT NULL, release INTEGER NOT NULL, environment INTEGER NOT NULL,
  healthy INTEGER NOT NULL, errored INTEGER NOT NULL, unhandled INTEGER NOT NULL, abnormal INTEGER NOT NULL, crashed INTEGER NOT NULL,
  PRIMARY KEY (project, hour, release, environment)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_hours_by_hour ON session_hours (hour);
CREATE INDEX session_hours_by_release ON session_hours (release, hour);
-- Users of those: `outcome` 0 is for all, 1 for who had any that was not healthy, else as it went. See user-sketch.ts.
CREATE TABLE session_users (
  project INTEGER NOT NULL, hour INTEGER NOT NULL, release INTEGER NOT NULL, environment INTEGER NOT NULL, outcome INTEGER NOT NULL,
  thinned INTEGER NOT NULL, users BLOB NOT NULL, PRIMARY KEY (project, hour, release, environment, outcome)
) STRICT;
CREATE INDEX session_users_by_hour ON session_users (hour);
-- Sessions of which more may be told, five days long, by 52 bits of their id.
CREATE TABLE sessions (
  project INTEGER NOT NULL, session INTEGER NOT NULL, hour INTEGER NOT NULL, release INTEGER NOT NULL, environment INTEGER NOT NULL,
  user INTEGER NOT NULL, sequence INTEGER NOT NULL, outcome INTEGER NOT NULL, counted INTEGER NOT NULL, PRIMARY KEY (project, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_hour ON sessions (hour);
CREATE INDEX regressions ON activity (text) WHERE kind = 'regressed';
