-- What would happen. A model has numbered versions. A version is five canonical CSV files (README) and never changes: what it says is in
-- its bytes, read by the same reader as files from outside, and its hash is theirs. Times are seconds since 1970.
CREATE TABLE depend_model (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    org {INT} NOT NULL REFERENCES org (id),  -- whose it is: who manages that organisation, or is its centre, changes it
    ja TEXT NOT NULL,
    en TEXT NOT NULL,
    shared {INT} NOT NULL,                   -- 1: all who may read figures run it; 0: those whose reach has the organisation
    illustration {INT} NOT NULL,             -- 1: made up to try it on; said wherever it is shown
    source_ja TEXT NOT NULL,                 -- where its figures are from; empty: nothing is said
    source_en TEXT NOT NULL
) {STRICT};
CREATE INDEX depend_model_org ON depend_model (org);

CREATE TABLE depend_version (
    id {ID},
    model {INT} NOT NULL REFERENCES depend_model (id),
    number {INT} NOT NULL,                   -- 1, 2 …
    made {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    note TEXT NOT NULL,                      -- what is different from the one before
    origin TEXT NOT NULL,                    -- "file", "survey:CODE", "change"
    hash TEXT NOT NULL,                      -- SHA-256 over the canonical files, hex
    services {INT} NOT NULL,
    needs {INT} NOT NULL,
    suppliers {INT} NOT NULL,
    UNIQUE (model, number)
) {STRICT};

-- The files, in parts so that none is larger than a row should be.
CREATE TABLE depend_file (
    version {INT} NOT NULL REFERENCES depend_version (id),
    name TEXT NOT NULL CHECK (name IN ('services', 'needs', 'suppliers', 'threats', 'crews')),
    part {INT} NOT NULL,                     -- 0, 1 …
    bytes {BYTES} NOT NULL,
    PRIMARY KEY (version, name, part)
) {STRICT};

-- Services that belong to an organisation: whose figures they are, and so who sees them by name.
CREATE TABLE depend_tie (
    version {INT} NOT NULL REFERENCES depend_version (id),
    service TEXT NOT NULL,
    org {INT} NOT NULL REFERENCES org (id),
    PRIMARY KEY (version, service)
) {STRICT};
CREATE INDEX depend_tie_org ON depend_tie (org);
