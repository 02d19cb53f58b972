-- Two instances: a ministry's own meguri sends the centre a signed roll-up (inspect/rollup.h, doc/rollup.md).

-- Whose signature is taken for whom; days. A key ends by its day, or at once when it is revoked.
CREATE TABLE rollup_key (
    id {ID},
    org {INT} NOT NULL REFERENCES org (id),
    key_id TEXT NOT NULL UNIQUE,    -- first 16 hex of the SHA-256 of the public key
    public {BYTES} NOT NULL,
    since {INT} NOT NULL,
    until {INT},                    -- last day; NULL: until another is trusted
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    revoked {INT},                  -- time
    revoked_by TEXT NOT NULL,
    revoked_why TEXT NOT NULL
) {STRICT};
CREATE INDEX rollup_key_org ON rollup_key (org);

-- What the centre took, as it came. The last of an organisation is what stands in table aggregate.
CREATE TABLE rollup (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    sequence {INT} NOT NULL,
    digest TEXT NOT NULL,           -- SHA-256 of the file
    key_id TEXT NOT NULL,
    instance TEXT NOT NULL,         -- hash of the first line of the sender's journal
    journal_seq {INT} NOT NULL,
    journal_head TEXT NOT NULL,
    made TEXT NOT NULL,
    reported {INT} NOT NULL,
    known {INT} NOT NULL,
    document TEXT NOT NULL,         -- both lines
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    UNIQUE (round, org, sequence)
) {STRICT};

-- What was made here, for the centre. The key is not in the database: the network process signs.
CREATE TABLE rollup_out (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    sequence {INT} NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('https', 'file')),
    state TEXT NOT NULL CHECK (state IN ('unsigned', 'waiting', 'ready', 'taken', 'refused', 'replaced')),
    digest TEXT NOT NULL,           -- of the file; empty before it is signed
    key_id TEXT NOT NULL,
    reported {INT} NOT NULL,
    known {INT} NOT NULL,
    document TEXT NOT NULL,         -- without the second line before it is signed
    made {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    due {INT} NOT NULL,             -- not tried before
    tries {INT} NOT NULL,
    receipt TEXT NOT NULL,          -- what the centre answered, or the trouble of the last try
    done {INT},
    UNIQUE (round, org, sequence)
) {STRICT};
CREATE INDEX rollup_out_due ON rollup_out (due) WHERE state IN ('unsigned', 'waiting');

-- Systems that are never named here (特別管理秘密を扱うシステム): how many there are, and how many of them were checked.
-- In no denominator.
CREATE TABLE unnamed_system (
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    systems {INT} NOT NULL,
    checked {INT} NOT NULL,
    day {INT} NOT NULL,             -- checked on
    checked_by TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    PRIMARY KEY (round, org),
    CHECK (checked >= 0 AND checked <= systems)
) {STRICT};

-- Those under an exception, of an aggregate's clause.
ALTER TABLE aggregate ADD COLUMN excepted {INT} NOT NULL DEFAULT 0;
