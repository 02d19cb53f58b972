-- What should be: catalogues in editions. A clause keeps its position for ever once its edition is decided, since sheets
-- store answers by position.
CREATE TABLE edition (
    id {ID},
    code TEXT NOT NULL UNIQUE,     -- baseline-2
    catalogue TEXT NOT NULL,       -- baseline
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    effective {INT},               -- date
    decided {INT} NOT NULL CHECK (decided IN (0, 1)),
    owner {INT} REFERENCES org (id), -- a ministry's own standard; NULL: the government's
    extra TEXT NOT NULL DEFAULT ''   -- what an OSCAL catalog carried besides (metadata, back matter), kept as JSON
) {STRICT};

CREATE TABLE section (
    id {ID},
    edition {INT} NOT NULL REFERENCES edition (id),
    code TEXT NOT NULL,            -- 2, 2.1, 2.1.1; a part has no parent
    parent {INT} REFERENCES section (id),
    pos {INT} NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '',
    UNIQUE (edition, code)
) {STRICT};

CREATE TABLE clause (
    id {ID},
    edition {INT} NOT NULL REFERENCES edition (id),
    number TEXT NOT NULL,          -- 4.1.6(1)(e)
    pos {INT} NOT NULL,            -- 0, 1, 2 … in the edition, without holes
    section {INT} NOT NULL REFERENCES section (id),
    parent {INT} REFERENCES clause (id), -- the control an enhancement belongs to
    level TEXT NOT NULL CHECK (level IN ('basic', 'enhanced')),
    duty TEXT NOT NULL,            -- code of the duty it binds; '' when the source names none
    no_occasion {INT} NOT NULL CHECK (no_occasion IN (0, 1)),
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '',
    UNIQUE (edition, number),
    UNIQUE (edition, pos)
) {STRICT};

CREATE TABLE question (
    id {ID},
    edition {INT} NOT NULL REFERENCES edition (id),
    code TEXT NOT NULL,
    pos {INT} NOT NULL,
    duty TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (rule IN ('all', 'any')),
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    example_ja TEXT NOT NULL,
    example_en TEXT NOT NULL,
    help_ja TEXT NOT NULL,
    help_en TEXT NOT NULL,
    UNIQUE (edition, code)
) {STRICT};

CREATE TABLE question_clause (
    question {INT} NOT NULL REFERENCES question (id),
    clause {INT} NOT NULL REFERENCES clause (id),
    PRIMARY KEY (question, clause)
) {STRICT};

-- Between editions, and between a ministry's own standard and the government's. A NULL side: new, or dropped.
CREATE TABLE mapping (
    id {ID},
    from_edition {INT} NOT NULL REFERENCES edition (id),
    to_edition {INT} NOT NULL REFERENCES edition (id),
    from_clause {INT} REFERENCES clause (id),
    to_clause {INT} REFERENCES clause (id),
    kind TEXT NOT NULL CHECK (kind IN ('same', 'moved', 'changed', 'split', 'new', 'dropped')),
    reason_ja TEXT NOT NULL,
    reason_en TEXT NOT NULL
) {STRICT};
CREATE INDEX mapping_pair ON mapping (to_edition, from_edition);

-- An enhanced clause counts only where it was adopted; nearest organisation upward decides.
CREATE TABLE adoption (
    clause {INT} NOT NULL REFERENCES clause (id),
    org {INT} NOT NULL REFERENCES org (id),
    adopted {INT} NOT NULL CHECK (adopted IN (0, 1)),
    decided {INT},                 -- date
    by_whom TEXT NOT NULL,
    reason_ja TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    PRIMARY KEY (clause, org)
) {STRICT};
