-- The life of an edition, step by step, and what was looked at on the way. A step is never changed.
CREATE TABLE plan_step (
    id {ID},
    plan {INT} NOT NULL REFERENCES plan (id),
    edition {INT} NOT NULL REFERENCES plan_edition (id), -- the one that stood, or was begun
    step TEXT NOT NULL CHECK (step IN ('circulate', 'consult', 'decide', 'revise', 'keep', 'watch')),
    day {INT} NOT NULL,                      -- when it was; of a public comment its first day
    until {INT},                             -- when answers are due; of a public comment its last day
    meeting TEXT NOT NULL,                   -- that decided, by its code; empty: none
    text TEXT NOT NULL,                      -- why; of 'watch' what changed around the plan
    at {INT} NOT NULL,                       -- seconds
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX plan_step_plan ON plan_step (plan, day);

-- Whom a circulation asked.
CREATE TABLE plan_asked (
    edition {INT} NOT NULL REFERENCES plan_edition (id),
    org {INT} NOT NULL REFERENCES org (id),
    PRIMARY KEY (edition, org)
) {STRICT};

-- What ministries and the public said of an edition, and what was answered. Of the public no name is kept.
CREATE TABLE plan_opinion (
    id {ID},
    edition {INT} NOT NULL REFERENCES plan_edition (id),
    source TEXT NOT NULL CHECK (source IN ('ministry', 'public')),
    no {INT} NOT NULL,                       -- from 1, of its edition and source
    org {INT} REFERENCES org (id),           -- the ministry
    label TEXT NOT NULL,                     -- of the public: who in kind, 'a company'; never a name
    grp TEXT NOT NULL,                       -- comments that say the same, or of one matter
    key TEXT NOT NULL,                       -- of the item it is about; empty: the whole
    text TEXT NOT NULL,
    day {INT} NOT NULL,                      -- when it came
    late {INT} NOT NULL CHECK (late IN (0, 1)),
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    revision {INT} NOT NULL,                 -- of the answer; 0: none yet
    answer TEXT NOT NULL,
    change TEXT NOT NULL,                    -- what was changed because of it; empty: nothing
    answered {INT},                          -- seconds
    answered_by TEXT NOT NULL,
    UNIQUE (edition, source, no)
) {STRICT};
CREATE INDEX plan_opinion_org ON plan_opinion (org);

-- Was it reached? Of a picture at the end of a basic plan (year 0), of an area year by year. The last revision stands, the
-- earlier ones are its history.
CREATE TABLE plan_judgement (
    id {ID},
    plan {INT} NOT NULL REFERENCES plan (id),
    key TEXT NOT NULL,                       -- of the picture or the area, in all editions
    year {INT} NOT NULL,                     -- fiscal; 0: of a picture
    revision {INT} NOT NULL,                 -- from 1
    last {INT} NOT NULL CHECK (last IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('', 'attained', 'partly', 'not', 'unknown')),
    text TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    UNIQUE (plan, key, year, revision)
) {STRICT};

CREATE TABLE plan_evidence (
    judgement {INT} NOT NULL REFERENCES plan_judgement (id),
    ord {INT} NOT NULL,
    target TEXT NOT NULL,                    -- 'series:unauthorised-access', 'measure:sj2007/65' …
    PRIMARY KEY (judgement, ord)
) {STRICT};
