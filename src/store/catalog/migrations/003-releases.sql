CREATE TABLE releases (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  projects TEXT NOT NULL,
  created INTEGER NOT NULL,
  started INTEGER,
  released INTEGER,
  url TEXT NOT NULL,
  ref TEXT NOT NULL,
  commits TEXT NOT NULL
) STRICT;

CREATE TABLE deploys (
  id INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
  environment TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  started INTEGER,
  finished INTEGER NOT NULL
) STRICT;

CREATE INDEX deploys_release ON deploys (release);
