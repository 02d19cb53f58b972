-- Reports of IT failures, upward. What a report says stands field by field (report_fields.h), once for each edition; number 0 is what is
-- being typed. Columns here are those that lists, rights and statistics ask for, of the newest edition sent.
CREATE TABLE share_report (
    id {ID},
    code TEXT NOT NULL UNIQUE,      -- R-2026-0003; of a drill DR-2026-0001
    uuid TEXT NOT NULL UNIQUE,
    org {INT} NOT NULL REFERENCES org (id),
    drill {INT} NOT NULL CHECK (drill IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'closed')), -- sent: with its ministry; received: the centre has it
    sector TEXT NOT NULL,           -- code of the sector; empty: of a ministry or agency
    government {INT} NOT NULL CHECK (government IN (0, 1)), -- from a ministry or an agency
    title TEXT NOT NULL,
    service TEXT NOT NULL,
    ground TEXT NOT NULL CHECK (ground IN ('', 'law', 'exceptional', 'voluntary')),
    event TEXT NOT NULL,            -- report_fields.h: one; the published tables cross-foot
    tlp {INT} NOT NULL,             -- how far it may go, as the operator says
    not_supervision {INT} NOT NULL CHECK (not_supervision IN (0, 1)), -- not to be used for supervising the operator
    begun {INT},                    -- when it began
    editions {INT} NOT NULL,        -- sent: 1 is the first report
    first {INT},                    -- when the first was sent
    received {INT},                 -- when the centre had it: what statistics count by
    closed {INT},
    continuity {INT} CHECK (continuity BETWEEN 0 AND 4), -- severity by three viewpoints; the highest counts
    safety {INT} CHECK (safety BETWEEN 0 AND 4),
    trust {INT} CHECK (trust BETWEEN 0 AND 4),
    severity_by TEXT NOT NULL,
    severity_at {INT},
    severity_note TEXT NOT NULL,
    entered {INT} NOT NULL CHECK (entered IN (0, 1)), -- by the centre, of what came by paper or before: nobody typed it here
    made {INT} NOT NULL,
    made_by TEXT NOT NULL,
    revision {INT} NOT NULL         -- of what is being typed
) {STRICT};
CREATE INDEX share_report_org ON share_report (org, state);
CREATE INDEX share_report_received ON share_report (received);

CREATE TABLE share_report_edition (
    report {INT} NOT NULL REFERENCES share_report (id),
    number {INT} NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    PRIMARY KEY (report, number)
) {STRICT};
CREATE TABLE share_report_value (
    report {INT} NOT NULL REFERENCES share_report (id),
    number {INT} NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,            -- of a field that takes several: parted by blanks
    PRIMARY KEY (report, number, field)
) {STRICT};

-- Who has it: nobody else reads it, wherever they stand in the tree.
CREATE TABLE share_report_holder (
    report {INT} NOT NULL REFERENCES share_report (id),
    org {INT} NOT NULL REFERENCES org (id),
    role TEXT NOT NULL CHECK (role IN ('operator', 'ceptoar', 'ministry', 'centre')),
    since {INT} NOT NULL,
    tlp {INT} NOT NULL,             -- enum tlp: as it came to this one, never wider than the operator's
    seen {INT} NOT NULL,            -- newest edition that was opened there; 0: none
    read {INT},                     -- when it was first opened there: the operator sees that it arrived
    by_whom TEXT NOT NULL,          -- who passed it on
    told {INT} NOT NULL CHECK (told IN (0, 1)), -- a letter was written that it is there
    added TEXT NOT NULL,            -- what this one adds for those above it
    added_at {INT},
    added_by TEXT NOT NULL,
    PRIMARY KEY (report, org)
) {STRICT};
CREATE INDEX share_report_holder_org ON share_report_holder (org, since);

-- The operator's word on the very text of a notice made of its report.
CREATE TABLE share_consent (
    id {ID},
    notice {INT} NOT NULL REFERENCES share_notice (id),
    report {INT} NOT NULL REFERENCES share_report (id),
    digest TEXT NOT NULL,           -- notice_digest
    title TEXT NOT NULL,            -- the very text, so that what was agreed to can be shown after the draft has changed
    body TEXT NOT NULL,
    measure TEXT NOT NULL,
    tlp {INT} NOT NULL,
    pap {INT} NOT NULL,
    asked {INT} NOT NULL,
    asked_by TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('', 'given', 'refused', 'withdrawn')),
    decided {INT},
    decided_by TEXT NOT NULL,
    note TEXT NOT NULL,
    told {INT} NOT NULL CHECK (told IN (0, 1)), -- the operator was written to
    UNIQUE (notice, digest)
) {STRICT};
CREATE INDEX share_consent_report ON share_consent (report);
