-- Objects of STIX in collections, for programs of others (TAXII). Times here are microseconds since 1970 unless said otherwise: TAXII pages by
-- the time at which an object was put in, so this clock never stands still nor goes back (share_clock).
CREATE TABLE share_clock (
    one {INT} NOT NULL PRIMARY KEY CHECK (one = 1),
    last {INT} NOT NULL
) {STRICT};

-- Made when the first object is put in. What a collection is called, and who reads it, follows from whose it is.
CREATE TABLE share_collection (
    id {ID},
    uuid TEXT NOT NULL UNIQUE
) {STRICT};

CREATE TABLE share_object (
    collection {INT} NOT NULL REFERENCES share_collection (id),
    added {INT} NOT NULL,
    id TEXT NOT NULL,               -- of STIX: indicator--…
    type TEXT NOT NULL,
    spec TEXT NOT NULL,
    version {INT} NOT NULL,         -- modified, else created, else 0
    oldest {INT} NOT NULL CHECK (oldest IN (0, 1)), -- of the versions of this id in the collection
    newest {INT} NOT NULL CHECK (newest IN (0, 1)),
    marked {INT} NOT NULL CHECK (marked IN (0, 1)),
    tlp {INT} NOT NULL,             -- enum tlp; of an unmarked one TLP:AMBER
    pap {INT} NOT NULL,
    source TEXT NOT NULL,           -- who put it in: code of an organisation, a source, or a file's name
    size {INT} NOT NULL,            -- of bytes
    bytes TEXT NOT NULL,            -- as they came
    PRIMARY KEY (collection, added)
) {STRICT};
CREATE UNIQUE INDEX share_object_version ON share_object (id, collection, version);
CREATE INDEX share_object_type ON share_object (collection, type, added);

-- A notice that became readable for an addressee's programs. Its objects are made of the notice when they are fetched; each has a time of its
-- own: added, added + 1 … (OFFER_OBJECTS of them are set aside).
CREATE TABLE share_offer (
    org {INT} NOT NULL REFERENCES org (id),
    added {INT} NOT NULL,
    notice {INT} NOT NULL REFERENCES share_notice (id),
    recall {INT} NOT NULL CHECK (recall IN (0, 1)), -- 1: that it was recalled
    PRIMARY KEY (org, added)
) {STRICT};
CREATE UNIQUE INDEX share_offer_notice ON share_offer (notice, org, recall);

-- What became of a request to put objects in; kept for STATUS_DAYS.
CREATE TABLE share_status (
    uuid TEXT NOT NULL PRIMARY KEY,
    org {INT} NOT NULL REFERENCES org (id), -- who asked
    requested {INT} NOT NULL,
    total {INT} NOT NULL,
    good {INT} NOT NULL,
    bad {INT} NOT NULL,
    lists TEXT NOT NULL             -- members "successes" and "failures" of the resource, as JSON
) {STRICT};
CREATE INDEX share_status_requested ON share_status (requested);

-- Servers of others: what is fetched from them, or put there. Times are seconds.
CREATE TABLE share_source (
    id {ID},
    org {INT} NOT NULL REFERENCES org (id), -- who receives, or whose notices are put there
    code TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('pull', 'push')),
    url TEXT NOT NULL,              -- of the collection, ends with a slash
    every {INT} NOT NULL,           -- minutes
    active {INT} NOT NULL CHECK (active IN (0, 1)),
    since {INT} NOT NULL,           -- push: notices sent before are not put there
    after TEXT NOT NULL,            -- pull: date_added up to which all came in, as their clock says it
    page TEXT NOT NULL,             -- pull: their word for the next page, while there is one
    last TEXT NOT NULL,             -- pull: SHA-256 of the page before, by which a server that runs in a circle is known
    pages {INT} NOT NULL,           -- pull: of this round so far
    due {INT} NOT NULL,
    tried {INT},
    fine {INT},                     -- when it last went well
    trouble TEXT NOT NULL,          -- why it did not: message id and arguments, a line each; empty: it did
    fails {INT} NOT NULL,           -- in a row
    taken {INT} NOT NULL,           -- objects that came in and were new, or notices that were put there, so far
    UNIQUE (org, code)
) {STRICT};
CREATE INDEX share_source_due ON share_source (active, due);

-- Which notices were put there, or not and why; recall 1: that it was recalled.
CREATE TABLE share_pushed (
    source {INT} NOT NULL REFERENCES share_source (id),
    notice {INT} NOT NULL REFERENCES share_notice (id),
    recall {INT} NOT NULL CHECK (recall IN (0, 1)),
    verdict {INT} NOT NULL,         -- enum leave_verdict
    at {INT} NOT NULL,
    PRIMARY KEY (source, notice, recall)
) {STRICT};
