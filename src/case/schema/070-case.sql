-- What has come up. A kind of case is data: its states, steps and fields stand in case_line as in the file they came
-- from, and kind.c alone understands them. Dates are days since 1970, times seconds.
CREATE TABLE case_kind (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    reads {INT} NOT NULL,           -- bits of enum right: of these one is enough to read its cases
    adopts {INT} NOT NULL,          -- and to note that an organisation follows one; 0: nobody does
    defined {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};

-- The lines of the kind's file in their order: the kind, its states, steps, fields and the words of fields.
CREATE TABLE case_line (
    kind {INT} NOT NULL REFERENCES case_kind (id),
    ord {INT} NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('kind', 'state', 'step', 'field', 'word')),
    code TEXT NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    rules TEXT NOT NULL,
    help_ja TEXT NOT NULL,
    help_en TEXT NOT NULL,
    PRIMARY KEY (kind, ord)
) {STRICT};

CREATE TABLE case_item (
    id {ID},
    number TEXT NOT NULL UNIQUE,
    kind {INT} NOT NULL REFERENCES case_kind (id),
    org {INT} NOT NULL REFERENCES org (id),
    state TEXT NOT NULL,
    entered {INT} NOT NULL,         -- the day the state was entered
    due {INT},                      -- the last day on which the state is in time
    title TEXT NOT NULL,
    opened {INT} NOT NULL,          -- day
    opener {INT} REFERENCES person (id), -- NULL: the owner of the database
    owner {INT} REFERENCES person (id),
    person {INT} REFERENCES person (id), -- whom it is about
    respondent TEXT NOT NULL,       -- code of a post, system or device; empty: the whole organisation
    round TEXT NOT NULL,            -- code; a round that was withdrawn stays named
    edition {INT} REFERENCES edition (id),
    clause TEXT NOT NULL,           -- by its number in the edition
    class TEXT NOT NULL,            -- the value of the field that decides between steps
    shared {INT} NOT NULL CHECK (shared IN (0, 1)), -- the state is one in which all may read the public part
    ended {INT}                     -- day
) {STRICT};
CREATE INDEX case_item_org ON case_item (org);
CREATE INDEX case_item_open ON case_item (kind, due) WHERE ended IS NULL;
CREATE INDEX case_item_opener ON case_item (opener);
CREATE INDEX case_item_owner ON case_item (owner);
CREATE INDEX case_item_person ON case_item (person);
CREATE INDEX case_item_shared ON case_item (kind) WHERE shared = 1;

CREATE TABLE case_value (
    item {INT} NOT NULL REFERENCES case_item (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item, field)
) {STRICT};

-- All that happened, in order of id.
CREATE TABLE case_event (
    id {ID},
    item {INT} NOT NULL REFERENCES case_item (id),
    at {INT} NOT NULL,
    person {INT} REFERENCES person (id), -- NULL: the owner of the database
    by_whom TEXT NOT NULL,
    step TEXT NOT NULL,             -- of the kind; 'open', 'assign', 'adopt' for what every kind has
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    text TEXT NOT NULL
) {STRICT};
CREATE INDEX case_event_item ON case_event (item);
CREATE INDEX case_event_person ON case_event (person);

-- An organisation follows a shared practice: counted once.
CREATE TABLE case_adoption (
    item {INT} NOT NULL REFERENCES case_item (id),
    org {INT} NOT NULL REFERENCES org (id),
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (item, org)
) {STRICT};

-- The last number given, for each pattern filled in but for the number itself.
CREATE TABLE case_counter (
    series TEXT NOT NULL PRIMARY KEY,
    last {INT} NOT NULL
) {STRICT};
