-- People who sign in. E-mail addresses are lower case; a password is an argon2id digest, '' where a person signs in elsewhere.
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  subject TEXT UNIQUE,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

-- What a person is in a project, beside what the person is everywhere.
CREATE TABLE person_roles (
  person INTEGER NOT NULL,
  project TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (person, project)
) STRICT, WITHOUT ROWID;

-- Where people are signed in. What is in the cookie is known to the browser only: here is its SHA-256.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  agent TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person);

-- Links by which somebody chooses a password, once: who is invited, and who is here already (person) and needs a new one.
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  roles TEXT NOT NULL,
  person INTEGER,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

-- Who did what, as far as it is about access and set-up.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  deed TEXT NOT NULL,
  object TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
