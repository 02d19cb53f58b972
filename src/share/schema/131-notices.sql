-- Notices, whom they should reach, and what became of it. Times are seconds since 1970.
CREATE TABLE share_notice (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    uuid TEXT NOT NULL UNIQUE,
    issuer {INT} NOT NULL REFERENCES org (id),
    drill {INT} NOT NULL CHECK (drill IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('prevention', 'containment', 'recurrence')),
    urgency TEXT NOT NULL CHECK (urgency IN ('emergency', 'important', 'ordinary')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'recalled', 'superseded', 'discarded')), -- discarded: a draft given up; its number stays
    tlp {INT} NOT NULL,             -- enum tlp
    pap {INT} NOT NULL,             -- enum pap
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    measure TEXT NOT NULL,
    addressed TEXT NOT NULL,        -- words of the address, parted by blanks
    direct {INT} NOT NULL CHECK (direct IN (0, 1)),
    within {INT} NOT NULL,          -- minutes each tier has
    embargo {INT},
    supersedes {INT} REFERENCES share_notice (id),
    report {INT},                   -- share_report it was made of
    made {INT} NOT NULL,
    made_by TEXT NOT NULL,
    sent {INT},
    sent_by TEXT NOT NULL,
    recalled {INT},
    recalled_by TEXT NOT NULL,
    recall_reason TEXT NOT NULL,
    revision {INT} NOT NULL
) {STRICT};
CREATE INDEX share_notice_issuer ON share_notice (issuer, state, sent);
CREATE INDEX share_notice_sent ON share_notice (sent);
CREATE INDEX share_notice_supersedes ON share_notice (supersedes);

CREATE TABLE share_reference (
    notice {INT} NOT NULL REFERENCES share_notice (id),
    kind TEXT NOT NULL CHECK (kind IN ('cve', 'jvn', 'product', 'url')),
    value TEXT NOT NULL,
    PRIMARY KEY (notice, kind, value)
) {STRICT};
CREATE INDEX share_reference_value ON share_reference (kind, value);

-- Attachments are known by their hash; the same bytes are kept once.
CREATE TABLE share_blob (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes {BYTES} NOT NULL
) {STRICT};
CREATE TABLE share_attachment (
    notice {INT} NOT NULL REFERENCES share_notice (id),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES share_blob (sha256),
    media TEXT NOT NULL,
    size {INT} NOT NULL,
    PRIMARY KEY (notice, name)
) {STRICT};

-- One row for each addressee, of every tier, made when the notice is sent: the denominator cannot shrink afterwards.
CREATE TABLE share_delivery (
    id {ID},
    notice {INT} NOT NULL REFERENCES share_notice (id),
    parent {INT} REFERENCES share_delivery (id), -- who passes it on; NULL: the issuer
    org {INT} NOT NULL REFERENCES org (id),
    tier {INT} NOT NULL,            -- enum tier
    ack {INT} NOT NULL,             -- enum ack
    late {INT} NOT NULL CHECK (late IN (0, 1)),
    sent {INT},
    due {INT},
    opened {INT},
    confirmed {INT},
    changed {INT} NOT NULL,
    channel {INT} NOT NULL,         -- enum channel, of the last state entered
    by_whom TEXT NOT NULL,
    spoke_to TEXT NOT NULL,         -- whom the duty officer spoke to
    note TEXT NOT NULL,
    told {INT} NOT NULL,            -- enum told: which letters were written
    cause {INT} NOT NULL,           -- enum cause
    passed {INT},
    passed_by TEXT NOT NULL,
    added TEXT NOT NULL,            -- own text for those below
    tlp {INT} NOT NULL,             -- as it came to this one
    pap {INT} NOT NULL,
    pass_tlp {INT} NOT NULL,        -- as it was passed on
    pass_pap {INT} NOT NULL,
    UNIQUE (notice, org)
) {STRICT};
CREATE INDEX share_delivery_org ON share_delivery (org, ack, due);
CREATE INDEX share_delivery_parent ON share_delivery (notice, parent, ack, due);
CREATE INDEX share_delivery_told ON share_delivery (told, ack, due);

-- How many addressees below one parent (0: the issuer) of a tier are in which state: the board reads these alone. Derived.
CREATE TABLE share_count (
    notice {INT} NOT NULL REFERENCES share_notice (id),
    parent {INT} NOT NULL,
    tier {INT} NOT NULL,
    ack {INT} NOT NULL,
    late {INT} NOT NULL,
    n {INT} NOT NULL,
    PRIMARY KEY (notice, parent, tier, ack, late)
) {STRICT};

CREATE TABLE share_number (         -- N-2026-0007: the last number of each series
    series TEXT NOT NULL PRIMARY KEY,
    last {INT} NOT NULL
) {STRICT};
