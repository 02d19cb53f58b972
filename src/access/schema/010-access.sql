-- Who and what exists, and what it may do. Read by access/ and by every room; written by registry/ alone.
-- Dates are days since 1970; since NULL is "always", until NULL is "still", until is the last day.
CREATE TABLE org (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    parent {INT} REFERENCES org (id),
    kind TEXT NOT NULL,
    ord {INT} NOT NULL,            -- official order among siblings (建制順)
    lo {INT} NOT NULL DEFAULT 0,   -- the subtree is [lo, hi) ; renumbered after each change of the tree
    hi {INT} NOT NULL DEFAULT 0,
    depth {INT} NOT NULL DEFAULT 0,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    since {INT},
    until {INT}
) {STRICT};
CREATE INDEX org_lo ON org (lo);
CREATE INDEX org_parent ON org (parent);

-- Earlier names of the same body (防衛庁 until 2007-01-08).
CREATE TABLE org_name (
    org {INT} NOT NULL REFERENCES org (id),
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    since {INT},
    until {INT} NOT NULL,
    PRIMARY KEY (org, until)
) {STRICT};

-- Beside the tree: sector, ministry in charge, CEPTOAR …
CREATE TABLE org_link (
    kind TEXT NOT NULL,
    from_org {INT} NOT NULL REFERENCES org (id),
    to_org {INT} NOT NULL REFERENCES org (id),
    since {INT},
    until {INT},
    PRIMARY KEY (kind, from_org, to_org)
) {STRICT};

CREATE TABLE duty (
    code TEXT NOT NULL PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    ord {INT} NOT NULL,
    rights {INT} NOT NULL          -- bits of enum right
) {STRICT};

-- The official title of a duty in an edition of a standard, where it differs from its name.
CREATE TABLE duty_title (
    duty TEXT NOT NULL REFERENCES duty (code),
    edition TEXT NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    PRIMARY KEY (duty, edition)
) {STRICT};

-- Duties that one person may not hold at once (auditor and audited).
CREATE TABLE duty_forbidden (
    duty TEXT NOT NULL REFERENCES duty (code),
    other TEXT NOT NULL REFERENCES duty (code),
    reason_ja TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    PRIMARY KEY (duty, other)
) {STRICT};

CREATE TABLE person (
    id {ID},
    code TEXT NOT NULL UNIQUE,     -- staff number
    org {INT} NOT NULL REFERENCES org (id),
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    mail TEXT NOT NULL,
    since {INT},
    until {INT}
) {STRICT};
CREATE INDEX person_org ON person (org);

-- Information systems, and devices answered for in bulk.
CREATE TABLE system (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    org {INT} NOT NULL REFERENCES org (id),
    kind TEXT NOT NULL,            -- system, device
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    since {INT},
    until {INT}
) {STRICT};
CREATE INDEX system_org ON system (org);

-- duty × organisation, or duty × system; without a person it is vacant.
CREATE TABLE post (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    duty TEXT NOT NULL REFERENCES duty (code),
    org {INT} NOT NULL REFERENCES org (id),
    system {INT} REFERENCES system (id),
    person {INT} REFERENCES person (id),
    deputy_of {INT} REFERENCES post (id),
    since {INT},
    until {INT}
) {STRICT};
CREATE INDEX post_org ON post (org);
CREATE INDEX post_person ON post (person);
