-- Questions that were set aside because something seemed wrong with them.
CREATE TABLE report (
    id TEXT PRIMARY KEY,                   -- the same on every machine
    question TEXT NOT NULL,
    topic TEXT NOT NULL,
    ticket TEXT NOT NULL,
    part INTEGER NOT NULL,
    note TEXT NOT NULL,
    typed TEXT NOT NULL,                   -- the last answer before, or nothing
    at TEXT NOT NULL,
    version TEXT NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0     -- the question is asked again
) STRICT, WITHOUT ROWID;
