-- What was done, by whom, in the order it was done. Lines are only ever added; journal_head is one row, the last line's
-- number and hash, and the lock that every writer takes first.
CREATE TABLE journal_head (
    one {INT} NOT NULL PRIMARY KEY CHECK (one = 1),
    seq {INT} NOT NULL,
    hash TEXT NOT NULL
) {STRICT};

INSERT INTO journal_head (one, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE journal (
    seq {INT} NOT NULL PRIMARY KEY,
    act_id TEXT NOT NULL UNIQUE,   -- given by the edge: an act sent twice is written once
    line TEXT NOT NULL,            -- canonical JSON
    hash TEXT NOT NULL             -- SHA-256 of the hash before and the line
) {STRICT};

-- Stands outside the chain, so that retention can delete it: the line has the digest of salt and payload.
CREATE TABLE journal_personal (
    seq {INT} NOT NULL PRIMARY KEY REFERENCES journal (seq),
    salt TEXT NOT NULL,
    payload TEXT NOT NULL
) {STRICT};
