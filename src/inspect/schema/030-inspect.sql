-- What is: rounds, who is asked, what they answered. Truth first, derived tables (tally) last: those are rebuilt, never
-- migrated. Dates are days since 1970.
CREATE TABLE round (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    edition {INT} REFERENCES edition (id),  -- NULL for figures published elsewhere
    frame {INT} NOT NULL REFERENCES org (id),
    base {INT} NOT NULL,            -- 基準日: the frame is frozen as of this day
    due {INT},
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'published')),
    rate TEXT NOT NULL CHECK (rate IN ('mean', 'pooled')),
    thresholds TEXT NOT NULL,       -- percent, best first: 100 95 90
    grades TEXT NOT NULL,           -- percent: A:100 B:80 C:60 D:0
    exceptions TEXT NOT NULL CHECK (exceptions IN ('apart', 'not-done', 'answered')),
    unknown_out TEXT NOT NULL,      -- reasons that leave the denominator, by decision; usually none
    synthetic {INT} NOT NULL CHECK (synthetic IN (0, 1)),
    source_ja TEXT NOT NULL,
    source_en TEXT NOT NULL
) {STRICT};

-- The tree as it stood when the round opened, with the names of the base date.
CREATE TABLE round_org (
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    parent {INT},                   -- NULL at the frame's top
    lo {INT} NOT NULL,
    hi {INT} NOT NULL,
    depth {INT} NOT NULL,           -- 0 at the frame's top
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    adoption {INT} NOT NULL,        -- organisations with the same number adopted the same enhanced clauses
    aggregated {INT} NOT NULL CHECK (aggregated IN (0, 1)), -- reports in aggregates, sends no sheets
    excluded {INT} NOT NULL CHECK (excluded IN (0, 1)),     -- from the analysis; coverage is still shown
    excluded_why TEXT NOT NULL,
    PRIMARY KEY (round, org)
) {STRICT};
CREATE INDEX round_org_lo ON round_org (round, lo);

-- The clauses that bind a duty under one set of adoptions: a plane (tally/tally.h).
CREATE TABLE binding (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    adoption {INT} NOT NULL,
    duty TEXT NOT NULL,
    mask {BYTES} NOT NULL,
    UNIQUE (round, adoption, duty)
) {STRICT};

-- Duty × post, or a system or device: not a person. The person is who held the post on the base date.
CREATE TABLE respondent (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    code TEXT NOT NULL,             -- of the post, system or device
    kind TEXT NOT NULL CHECK (kind IN ('post', 'system', 'device')),
    org {INT} NOT NULL REFERENCES org (id),
    duty TEXT NOT NULL,
    person {INT} REFERENCES person (id),
    binding {INT} NOT NULL REFERENCES binding (id),
    reason TEXT NOT NULL DEFAULT '', -- why nothing is known: moved, left, leave …
    excepted {BYTES},               -- clauses under an exception on the base date: a plane; from table exception
    UNIQUE (round, code)
) {STRICT};
CREATE INDEX respondent_org ON respondent (round, org);
CREATE INDEX respondent_reason ON respondent (round, reason) WHERE reason <> '';

CREATE TABLE sheet (
    respondent {ID},
    round {INT} NOT NULL,
    org {INT} NOT NULL,             -- the respondent's; here so that a recount reads one table
    state {INT} NOT NULL CHECK (state >= 0 AND state <= 2), -- draft, submitted, confirmed (a longer IN costs SQLite a table a row)
    answers {BYTES} NOT NULL,       -- two planes in clause order (tally/tally.h)
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    source TEXT NOT NULL            -- SHA-256 of the file it came in
) {STRICT};

CREATE TABLE sheet_past (
    id {ID},
    respondent {INT} NOT NULL,
    round {INT} NOT NULL,
    state {INT} NOT NULL,
    answers {BYTES} NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    source TEXT NOT NULL,
    replaced {INT} NOT NULL
) {STRICT};
CREATE INDEX sheet_past_respondent ON sheet_past (respondent);

CREATE TABLE answer_note (
    respondent {INT} NOT NULL,
    clause {INT} NOT NULL,          -- position
    note TEXT NOT NULL,
    PRIMARY KEY (respondent, clause)
) {STRICT};

-- From those that send no persons: per duty the respondents (clause -1), per clause the counts.
CREATE TABLE aggregate (
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    duty TEXT NOT NULL,
    clause {INT} NOT NULL,
    reported {INT} NOT NULL,
    known {INT} NOT NULL,
    arisen {INT} NOT NULL,
    done {INT} NOT NULL,
    own {INT} NOT NULL,             -- known besides, by an own survey (独自の把握状況調査)
    limited {INT} NOT NULL CHECK (limited IN (0, 1)), -- reported on was limited to a part (報告対象を限定)
    note TEXT NOT NULL,
    PRIMARY KEY (round, org, duty, clause)
) {STRICT};

CREATE TABLE exception (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    number TEXT NOT NULL,
    respondent {INT} REFERENCES respondent (id),
    org {INT} REFERENCES org (id),  -- one of the two
    clause {INT} NOT NULL,
    since {INT} NOT NULL,
    until {INT} NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (round, number)
) {STRICT};

-- What happened to the frame after it was frozen; never silent.
CREATE TABLE frame_change (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    respondent {INT} NOT NULL REFERENCES respondent (id),
    kind TEXT NOT NULL CHECK (kind IN ('moved', 'reason')),
    from_org {INT} NOT NULL REFERENCES org (id), -- where the respondent stood; each side of a move sees its own half
    to_org {INT} NOT NULL REFERENCES org (id),
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    why TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX frame_change_round ON frame_change (round);

-- Published figures: docs as they were shown, row by row.
CREATE TABLE frozen (
    round {INT} NOT NULL REFERENCES round (id),
    no {INT} NOT NULL,              -- edition of the figures: 1, 2 …
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    erratum TEXT NOT NULL,
    head TEXT NOT NULL,             -- of the journal, when frozen
    PRIMARY KEY (round, no)
) {STRICT};

CREATE TABLE frozen_view (
    round {INT} NOT NULL,
    no {INT} NOT NULL,
    name TEXT NOT NULL,
    columns TEXT NOT NULL,          -- JSON
    PRIMARY KEY (round, no, name)
) {STRICT};

CREATE TABLE frozen_row (
    round {INT} NOT NULL,
    no {INT} NOT NULL,
    name TEXT NOT NULL,
    pos {INT} NOT NULL,
    org {INT} NOT NULL REFERENCES org (id),
    cells TEXT NOT NULL,            -- JSON
    PRIMARY KEY (round, no, name, pos)
) {STRICT};

-- Derived. Cumulative per node of round_org; state 0 the frame, 1 submitted, 2 confirmed. counts: inspect/tallies.h.
CREATE TABLE tally (
    round {INT} NOT NULL,
    org {INT} NOT NULL,
    state {INT} NOT NULL,
    counts {BYTES} NOT NULL,
    PRIMARY KEY (round, org, state)
) {STRICT};
