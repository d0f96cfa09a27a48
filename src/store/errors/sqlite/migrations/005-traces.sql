-- 52 bits of the id of the trace that it happened in; 0 for none.
ALTER TABLE events ADD COLUMN trace INTEGER NOT NULL DEFAULT 0;
CREATE INDEX events_by_trace ON events (trace) WHERE trace <> 0
