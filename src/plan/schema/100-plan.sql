-- What shall we do. A plan has numbered editions; an edition is an ordered list of items as it is printed: headings, measures,
-- measures told again, directions for the next year, and for a basic plan policies, areas, goals and the pictures of its last
-- year. `key` names an item through all editions of its plan. Dates are days since 1970, times seconds.
CREATE TABLE plan (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('basic', 'annual', 'strategy')),
    org {INT} NOT NULL REFERENCES org (id),  -- whose plan it is
    basic {INT} REFERENCES plan (id),        -- the basic plan it carries out
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    since {INT} NOT NULL,
    until {INT} NOT NULL,                    -- its last day
    source_ja TEXT NOT NULL,                 -- where it was published; empty: here
    source_en TEXT NOT NULL,
    made {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX plan_org ON plan (org);

-- The last edition is the one that stands. Items change while it is not decided; a revision begins the next one as a copy.
CREATE TABLE plan_edition (
    id {ID},
    plan {INT} NOT NULL REFERENCES plan (id),
    no {INT} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'consultation', 'comment', 'decided')),
    revision {INT} NOT NULL,                 -- raised by each change of its items
    reason TEXT NOT NULL,                    -- why the plan is revised; empty for the first
    decided {INT},                           -- day
    meeting TEXT NOT NULL,                   -- that decided it, by its code; empty: none recorded
    public {INT} NOT NULL CHECK (public IN (0, 1)),
    UNIQUE (plan, no)
) {STRICT};

CREATE TABLE plan_item (
    id {ID},
    edition {INT} NOT NULL REFERENCES plan_edition (id),
    ord {INT} NOT NULL,                      -- from 1, in the printed order
    kind TEXT NOT NULL,
    key TEXT NOT NULL,                       -- a measure's number, '65'; headings and others as the file says, or h1, h2 …
    level {INT} NOT NULL,                    -- of a heading from 1; of the others one below their heading
    code TEXT NOT NULL,                      -- as printed: ア)a)
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    relists TEXT NOT NULL,                   -- the key of the measure that is told again here; it counts in its first place
    area TEXT NOT NULL,                      -- an area of the basic plan, by its key
    flag TEXT NOT NULL,                      -- a defect of the source that was kept, in words; empty: none
    UNIQUE (edition, ord),
    UNIQUE (edition, key)
) {STRICT};

-- In the order they are named. An owner is an organisation or a group, by its code.
CREATE TABLE plan_owner (
    item {INT} NOT NULL REFERENCES plan_item (id),
    ord {INT} NOT NULL,
    owner TEXT NOT NULL,
    lead {INT} NOT NULL CHECK (lead IN (0, 1)),
    PRIMARY KEY (item, ord)
) {STRICT};

CREATE TABLE plan_milestone (
    item {INT} NOT NULL REFERENCES plan_item (id),
    ord {INT} NOT NULL,
    since {INT},                             -- day; NULL: only when it ends is known
    until {INT} NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    done {INT},                              -- day on which it was reached
    derived {INT} NOT NULL CHECK (derived IN (0, 1)), -- read out of another text than the plan's own
    PRIMARY KEY (item, ord)
) {STRICT};

-- What an item has to do with: 'case:F-2026-0003', 'clause:baseline-2/2.2.1(1)(c)', 'series:…', 'measure:sj2006/12', 'meeting:…'.
CREATE TABLE plan_link (
    item {INT} NOT NULL REFERENCES plan_item (id),
    ord {INT} NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('from', 'about', 'measured-by', 'evidence', 'see')),
    target TEXT NOT NULL,
    PRIMARY KEY (item, ord)
) {STRICT};
CREATE INDEX plan_link_target ON plan_link (target);

-- Owners named as one: all ministries, those in charge of infrastructure. Who they are is asked of the registry at a date.
CREATE TABLE owner_group (
    code TEXT NOT NULL PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (rule IN ('kind', 'link')), -- organisations of this kind; those that links of this kind lead to
    value TEXT NOT NULL
) {STRICT};
