-- Times are milliseconds since 1970, hours and days numbered from 1970. A group is what has one hash; an issue is one group or several.
-- Events and all counts belong to groups, so that merging and splitting issues moves no more than groups.
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
-- The last number given in short ids.
CREATE TABLE numbers (slug TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL,
  short_id TEXT NOT NULL COLLATE NOCASE UNIQUE,
  slug TEXT NOT NULL,
  state TEXT NOT NULL,
  substate TEXT NOT NULL,
  -- When the state or substate began.
  since INTEGER NOT NULL,
  until TEXT NOT NULL DEFAULT '{}',
  until_time INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  events INTEGER NOT NULL,
  users INTEGER NOT NULL,
  level TEXT NOT NULL,
  handled INTEGER,
  assignee TEXT NOT NULL DEFAULT '',
  bookmarked INTEGER NOT NULL DEFAULT 0,
  comments INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  platform TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  culprit TEXT NOT NULL,
  first_release TEXT NOT NULL,
  last_release TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;
CREATE INDEX issues_by_state ON issues (project, state, last_seen);
CREATE INDEX issues_by_birth ON issues (project, first_seen);
CREATE INDEX issues_waiting ON issues (until_time) WHERE until_time > 0;
CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL,
  hash TEXT NOT NULL,
  issue INTEGER NOT NULL,
  recipe TEXT NOT NULL,
  -- The group whose events named this hash too; 0 for one that named an event's issue itself.
  via INTEGER NOT NULL,
  merged_from TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  first_release TEXT NOT NULL,
  last_release TEXT NOT NULL,
  events INTEGER NOT NULL DEFAULT 0,
  -- Events that were not pruned.
  kept INTEGER NOT NULL DEFAULT 0,
  -- Users are those whose hash has so many zero bits at its end: all of them, until there are very many.
  thinned INTEGER NOT NULL DEFAULT 0,
  -- The latest of `dictionaries`, 0 for none.
  dictionary INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project, hash)
) STRICT;
CREATE INDEX groups_by_issue ON groups (issue);
-- An id is the event's time * 2048 and a number among those of that millisecond.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  project INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  event_id BLOB NOT NULL,
  level INTEGER NOT NULL,
  release INTEGER NOT NULL,
  environment INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_group ON events (grp, id);
CREATE INDEX events_by_event_id ON events (event_id);
-- Packed by a dictionary, or by none (0).
CREATE TABLE bodies (event INTEGER PRIMARY KEY, dictionary INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
-- The body of an event, which is packed by none, once more: by it other bodies of its group are packed.
CREATE TABLE dictionaries (event INTEGER PRIMARY KEY, grp INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX dictionaries_by_group ON dictionaries (grp);
CREATE TABLE hours (grp INTEGER NOT NULL, hour INTEGER NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (grp, hour)) STRICT, WITHOUT ROWID;
CREATE TABLE days (grp INTEGER NOT NULL, day INTEGER NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (grp, day)) STRICT, WITHOUT ROWID;
-- Hours by level, environment and release.
CREATE TABLE splits (
  grp INTEGER NOT NULL, hour INTEGER NOT NULL, level INTEGER NOT NULL, environment INTEGER NOT NULL, release INTEGER NOT NULL,
  events INTEGER NOT NULL, PRIMARY KEY (grp, hour, level, environment, release)
) STRICT, WITHOUT ROWID;
CREATE TABLE project_hours (
  project INTEGER NOT NULL, hour INTEGER NOT NULL, level INTEGER NOT NULL, environment INTEGER NOT NULL, release INTEGER NOT NULL,
  events INTEGER NOT NULL, issues INTEGER NOT NULL, PRIMARY KEY (project, hour, level, environment, release)
) STRICT, WITHOUT ROWID;
-- The value '' counts events with values beyond those kept of the key.
CREATE TABLE tags (
  grp INTEGER NOT NULL, key INTEGER NOT NULL, value TEXT NOT NULL,
  events INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, PRIMARY KEY (grp, key, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE tag_keys (project INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (project, key)) STRICT, WITHOUT ROWID;
-- The hours in which a group's user was first and last seen.
CREATE TABLE group_users (
  grp INTEGER NOT NULL, user INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (grp, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE people (
  user INTEGER PRIMARY KEY, id TEXT NOT NULL, email TEXT NOT NULL, username TEXT NOT NULL, ip TEXT NOT NULL, last INTEGER NOT NULL
) STRICT;
CREATE TABLE releases (
  project INTEGER NOT NULL, release TEXT NOT NULL, first_seen INTEGER NOT NULL, PRIMARY KEY (project, release)
) STRICT, WITHOUT ROWID;
CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue INTEGER NOT NULL, time INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX activity_by_issue ON activity (issue, id);
-- Issues that were merged away.
CREATE TABLE moved (id INTEGER PRIMARY KEY, short_id TEXT NOT NULL COLLATE NOCASE UNIQUE, issue INTEGER NOT NULL) STRICT;
CREATE TABLE discarded (project INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (project, hash)) STRICT, WITHOUT ROWID;
-- Groups whose issue was removed, and whose events and counts are yet to go.
CREATE TABLE doomed (grp INTEGER PRIMARY KEY) STRICT
