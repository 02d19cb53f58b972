-- Systems and devices answered for in bulk: what was said of how many, by whom, and on what evidence.
CREATE TABLE bulk_filing (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id), -- where it was meant to hold
    how TEXT NOT NULL CHECK (how IN ('filter', 'table', 'scan')),
    what TEXT NOT NULL,             -- the filter in words, or the names of the files
    clause {INT} NOT NULL,          -- position
    answer TEXT NOT NULL CHECK (answer IN ('done', 'not_done', 'no_occasion')),
    as_of {INT} NOT NULL,           -- of several results the oldest day
    evidence TEXT NOT NULL,         -- SHA-256 of the file, empty: none
    answered {INT} NOT NULL,        -- so many sheets took the answer
    same {INT} NOT NULL,            -- had it already
    kept {INT} NOT NULL,            -- were confirmed, and kept theirs
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX bulk_filing_round ON bulk_filing (round, org);

-- A device looked at by hand, to see whether its sheet is right. The last one of a clause counts.
CREATE TABLE device_check (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    respondent {INT} NOT NULL REFERENCES respondent (id),
    clause {INT} NOT NULL,          -- position
    said TEXT NOT NULL,             -- what the sheet said when it was looked at
    found TEXT NOT NULL CHECK (found IN ('done', 'not_done', 'no_occasion')),
    note TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX device_check_clause ON device_check (respondent, clause);
CREATE INDEX device_check_round ON device_check (round);

-- Few respondents are no posts, where there are any: found without reading past a million persons.
CREATE INDEX respondent_device ON respondent (round, id) WHERE kind <> 'post';
