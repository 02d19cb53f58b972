-- Who takes part in sharing: what is known of a body beside its name and links (access: org, org_link).
CREATE TABLE share_body (
    org {INT} NOT NULL PRIMARY KEY REFERENCES org (id),
    secretariat_ja TEXT NOT NULL,   -- who keeps the office (事務局)
    secretariat_en TEXT NOT NULL,
    founded {INT},                  -- day
    members_ja TEXT NOT NULL,       -- number and kind of members, in words
    members_en TEXT NOT NULL,
    rules_ja TEXT NOT NULL,         -- how what is shared is handled, and given outside
    rules_en TEXT NOT NULL,
    secrecy TEXT NOT NULL CHECK (secrecy IN ('', 'agreement', 'statute', 'none')),
    functions TEXT NOT NULL,        -- words of: prevention containment recurrence analysis coordination, parted by blanks
    coordinator {INT} NOT NULL CHECK (coordinator IN (0, 1)),
    means TEXT NOT NULL,            -- words of: mail web phone fax closed-network meeting
    partners_ja TEXT NOT NULL,      -- with whom it shares beside the government, in words (links of kind partner are others)
    partners_en TEXT NOT NULL,
    signs_in {INT} NOT NULL CHECK (signs_in IN (0, 1)), -- 0: its CEPTOAR's office confirms for it
    checked {INT},                  -- day on which the row was last confirmed
    source TEXT NOT NULL            -- where the facts are from; empty: entered here
) {STRICT};

-- Who is rung up: the first, then deputies, in order.
CREATE TABLE share_contact (
    id {ID},
    org {INT} NOT NULL REFERENCES org (id),
    ord {INT} NOT NULL,             -- 1: the contact; 2 …: deputies
    name TEXT NOT NULL,             -- a desk or a person
    person {INT} REFERENCES person (id),
    mail TEXT NOT NULL,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    closed TEXT NOT NULL,           -- address in a closed network (LGWAN)
    around {INT} NOT NULL CHECK (around IN (0, 1)), -- reached around the clock
    hours TEXT NOT NULL,            -- else when, in words
    key TEXT NOT NULL,              -- OpenPGP certificate, armoured; empty: none
    key_print TEXT NOT NULL,        -- its fingerprint, hex
    confirmed {INT},                -- when somebody last said that all this is right; NULL: never
    confirmed_by TEXT NOT NULL,
    revision {INT} NOT NULL,
    UNIQUE (org, ord)
) {STRICT};

-- Named circles. A group is known by its uuid to other instances, never by a number.
CREATE TABLE share_group (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    uuid TEXT NOT NULL UNIQUE,
    owner {INT} NOT NULL REFERENCES org (id),
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    open {INT} NOT NULL CHECK (open IN (0, 1)), -- 1: members see who the others are, and may write to all
    until {INT}                     -- its last day
) {STRICT};
CREATE TABLE share_group_member (
    share_group {INT} NOT NULL REFERENCES share_group (id),
    org {INT} NOT NULL REFERENCES org (id),
    since {INT} NOT NULL,           -- times: what was sent before is not theirs
    until {INT},
    PRIMARY KEY (share_group, org)
) {STRICT};
CREATE INDEX share_group_member_org ON share_group_member (org);
