-- The history of one person. The log of attempts is the truth; `memory` is a cache
-- that a replay of the log rebuilds. Times are UTC in ISO 8601, days are local.

CREATE TABLE sitting (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('quiz', 'review', 'exam')),
    plan TEXT NOT NULL,                    -- JSON: what is asked, in order
    started_at TEXT NOT NULL,
    ended_at TEXT
) STRICT, WITHOUT ROWID;

-- Answers of an exam before it is handed in; the last one of a place counts.
CREATE TABLE draft (
    seq INTEGER PRIMARY KEY,
    sitting TEXT NOT NULL REFERENCES sitting (id),
    place INTEGER NOT NULL,
    reply TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_of_sitting ON draft (sitting, place, seq);

CREATE TABLE attempt (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,               -- the same on every machine
    sitting TEXT NOT NULL,
    asking TEXT NOT NULL,                  -- the parts of one instance share it
    kind TEXT NOT NULL,
    question TEXT NOT NULL,
    topic TEXT NOT NULL,
    skill TEXT NOT NULL,
    level INTEGER NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    drawn TEXT NOT NULL,                   -- JSON: the drawn values
    replies TEXT NOT NULL,                 -- JSON: what was typed and read, in turn
    outcome TEXT NOT NULL CHECK (
        outcome IN ('right', 'right later', 'wrong', 'gave up', 'skipped')
    ),
    score REAL NOT NULL,
    mistake TEXT,                          -- the first one that was named
    mistakes TEXT NOT NULL,                -- JSON: name and sentence of each
    hints INTEGER NOT NULL,
    hints_of INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    version TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attempt_of_question ON attempt (question, day);
CREATE INDEX attempt_in_sitting ON attempt (sitting);
CREATE INDEX attempt_tally ON attempt (topic, question, outcome, ms, day)
WHERE undone = 0;
CREATE INDEX attempt_on_day ON attempt (day, outcome, ms) WHERE undone = 0;
CREATE INDEX attempt_with_mistake ON attempt (question, mistake, at, ticket)
WHERE undone = 0 AND mistake IS NOT NULL;

CREATE TABLE memory (
    question TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    skill TEXT NOT NULL,
    level INTEGER NOT NULL,
    day TEXT NOT NULL,                     -- of the last rated attempt
    rating INTEGER NOT NULL,
    state TEXT NOT NULL,                   -- JSON, after that day
    before TEXT,                           -- JSON, before that day
    due TEXT NOT NULL                      -- a local day
) STRICT, WITHOUT ROWID;

-- What the bank held when it was last opened, so that counting needs no bank.
CREATE TABLE question (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    skill TEXT NOT NULL,
    level INTEGER NOT NULL,
    minutes REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE renamed (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
