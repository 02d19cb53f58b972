-- What is said of measures. A line is never changed: the last one of an organisation is what stands, the earlier ones are its
-- history, and ids tell what came before a report and what after it. An owner says how far it has come; the centre (the plan's
-- organisation) may say what is published, status NULL taking that back.
CREATE TABLE plan_said (
    id {ID},
    plan {INT} NOT NULL REFERENCES plan (id),
    key TEXT NOT NULL,                       -- of the measure, in all editions
    voice TEXT NOT NULL CHECK (voice IN ('owner', 'centre')),
    org {INT} NOT NULL REFERENCES org (id),  -- the owner; of the centre the plan's organisation
    no {INT} NOT NULL,                       -- 1 …: the revision
    last {INT} NOT NULL CHECK (last IN (0, 1)),
    status {INT} CHECK (status BETWEEN 1 AND 4),
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    reason TEXT NOT NULL,                    -- of the centre: why
    at {INT} NOT NULL,                       -- seconds
    by_whom TEXT NOT NULL,
    by_post TEXT NOT NULL,
    for_it {INT} NOT NULL CHECK (for_it IN (0, 1)), -- entered by somebody above it
    UNIQUE (plan, key, voice, org, no)
) {STRICT};
CREATE UNIQUE INDEX plan_said_last ON plan_said (plan, key, voice, org) WHERE last = 1;
CREATE INDEX plan_said_org ON plan_said (org, plan);

-- The reports of a plan, half-year and year-end: when the owners' words are due.
CREATE TABLE plan_report (
    id {ID},
    plan {INT} NOT NULL REFERENCES plan (id),
    code TEXT NOT NULL CHECK (code IN ('half', 'year')),
    due {INT} NOT NULL,                      -- day
    set_at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    UNIQUE (plan, code)
) {STRICT};

-- A report as it was frozen; a correction is its next number. What owners say later does not touch it.
CREATE TABLE plan_frozen (
    id {ID},
    report {INT} NOT NULL REFERENCES plan_report (id),
    no {INT} NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    edition {INT} NOT NULL,                  -- number of the edition that was shown
    upto {INT} NOT NULL,                     -- the last line of plan_said it took account of
    outside {INT} NOT NULL CHECK (outside IN (0, 1)), -- published elsewhere and read in: what single owners said is not known
    digest TEXT NOT NULL,                    -- SHA-256 of its rows
    head TEXT NOT NULL,                      -- of the journal before it
    reason TEXT NOT NULL,                    -- of a correction
    UNIQUE (report, no)
) {STRICT};

CREATE TABLE plan_frozen_row (
    frozen {INT} NOT NULL REFERENCES plan_frozen (id),
    ord {INT} NOT NULL,
    kind TEXT NOT NULL,                      -- heading measure relisted
    key TEXT NOT NULL,
    level {INT} NOT NULL,
    code TEXT NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    owners_ja TEXT NOT NULL,                 -- as named
    owners_en TEXT NOT NULL,
    orgs TEXT NOT NULL,                      -- who they were then: codes, parted by blanks
    area TEXT NOT NULL,
    relists TEXT NOT NULL,
    status {INT} CHECK (status BETWEEN 1 AND 4), -- NULL: nobody had said
    source TEXT NOT NULL CHECK (source IN ('', 'lead', 'centre', 'report')),
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    worst {INT} NOT NULL,                    -- of the owners; 0: none has said
    reported {INT} NOT NULL,                 -- owners who had
    PRIMARY KEY (frozen, ord)
) {STRICT};
CREATE INDEX plan_frozen_row_key ON plan_frozen_row (frozen, key);

-- Whose measures are these? (owner) alone leads there.
CREATE INDEX plan_owner_owner ON plan_owner (owner, item);
