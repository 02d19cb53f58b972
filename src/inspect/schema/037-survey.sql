-- Urgent surveys (緊急調査): a few questions to all organisations of a frame at once, answered per system or organisation.
CREATE TABLE survey (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    why TEXT NOT NULL,
    frame {INT} NOT NULL REFERENCES org (id),
    per TEXT NOT NULL CHECK (per IN ('system', 'organisation')),
    due {INT} NOT NULL,               -- a time: it is a matter of hours
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'published')),
    asked {INT} NOT NULL,             -- a time
    by_whom TEXT NOT NULL,
    closed {INT},
    published {INT}
) {STRICT};

CREATE TABLE survey_question (
    survey {INT} NOT NULL REFERENCES survey (id),
    pos {INT} NOT NULL,               -- 1, 2 …
    key TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('yes_no', 'text', 'date', 'number', 'choice')),
    choices TEXT NOT NULL,            -- parted by /
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    PRIMARY KEY (survey, pos)
) {STRICT};

-- Who was asked. The figures are kept by difference with every reply: a board of thousands reads no replies.
CREATE TABLE survey_org (
    survey {INT} NOT NULL REFERENCES survey (id),
    org {INT} NOT NULL REFERENCES org (id),
    systems {INT} NOT NULL,           -- in the register when it was asked
    replies {INT} NOT NULL DEFAULT 0, -- named; of them
    extra {INT} NOT NULL DEFAULT 0,   -- those not in the register
    unnamed {INT} NOT NULL DEFAULT 0, -- that must not be named: a number only
    late {INT} NOT NULL DEFAULT 0,    -- replies first given after the due time
    none {INT} NOT NULL DEFAULT 0 CHECK (none IN (0, 1)), -- said: no system of ours is concerned
    done {INT},                       -- said to be complete: a time
    done_by TEXT NOT NULL DEFAULT '',
    reopened {INT} NOT NULL DEFAULT 0, -- how often a reply came after that
    changed {INT},                    -- a time
    PRIMARY KEY (survey, org)
) {STRICT};

CREATE TABLE survey_reply (
    id {ID},
    survey {INT} NOT NULL REFERENCES survey (id),
    org {INT} NOT NULL REFERENCES org (id), -- who was asked
    name TEXT NOT NULL,               -- code of the system, or its name where it is not in the register; empty: those unnamed
    system {INT} REFERENCES system (id),
    revision {INT} NOT NULL,
    first {INT} NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    UNIQUE (survey, org, name)
) {STRICT};
CREATE INDEX survey_reply_system ON survey_reply (system, survey);

CREATE TABLE survey_answer (
    reply {INT} NOT NULL REFERENCES survey_reply (id),
    pos {INT} NOT NULL,
    value TEXT NOT NULL,
    n {INT} NOT NULL,                 -- systems; 1 but for those unnamed
    PRIMARY KEY (reply, pos, value)
) {STRICT};

CREATE TABLE survey_past (
    id {ID},
    survey {INT} NOT NULL REFERENCES survey (id),
    org {INT} NOT NULL REFERENCES org (id),
    name TEXT NOT NULL,
    answers TEXT NOT NULL,            -- a line each: key=value
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    replaced {INT} NOT NULL
) {STRICT};
CREATE INDEX survey_past_reply ON survey_past (survey, org, name);

-- Derived: systems by answer, per organisation asked; of text, dates and numbers only that there is one ('given').
CREATE TABLE survey_count (
    survey {INT} NOT NULL,
    org {INT} NOT NULL,
    pos {INT} NOT NULL,
    value TEXT NOT NULL,
    n {INT} NOT NULL,
    PRIMARY KEY (survey, org, pos, value)
) {STRICT};

-- Figures as they stood when the survey was closed, with the names of that day: what is published.
CREATE TABLE survey_result (
    survey {INT} NOT NULL REFERENCES survey (id),
    org {INT} NOT NULL REFERENCES org (id),
    ord {INT} NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    systems {INT} NOT NULL,
    answered {INT} NOT NULL,
    unnamed {INT} NOT NULL,
    late {INT} NOT NULL,
    none {INT} NOT NULL,
    done {INT},
    changed {INT},
    PRIMARY KEY (survey, org)
) {STRICT};

CREATE TABLE survey_result_count (
    survey {INT} NOT NULL,
    org {INT} NOT NULL,
    pos {INT} NOT NULL,
    value TEXT NOT NULL,
    n {INT} NOT NULL,
    PRIMARY KEY (survey, org, pos, value)
) {STRICT};
