-- A release that nobody wants in lists any more; it stays with all that is known of it.
ALTER TABLE releases ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
