-- What the numbers say: indicators over time. A value is an exact decimal as it was published: its text, and i with
-- `scale` decimals. Periods stand as published ("FY2006", "2023Q1", "2008-11"); `key` orders them, first and last are days.
CREATE TABLE series (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    org {INT} NOT NULL REFERENCES org (id),   -- who may change it, and who reads it while it is not public
    open {INT} NOT NULL CHECK (open IN (0, 1)), -- public: read by all
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit_ja TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('higher', 'lower', 'neither')), -- which is better
    kind TEXT NOT NULL CHECK (kind IN ('flow', 'stock', 'share')), -- over a period; as of a time; a share or mean
    area TEXT NOT NULL,
    owner_ja TEXT NOT NULL,
    owner_en TEXT NOT NULL
) {STRICT};
CREATE INDEX series_org ON series (org);

-- Values of its one dimension in their own order.
CREATE TABLE series_part (
    series {INT} NOT NULL REFERENCES series (id),
    code TEXT NOT NULL,
    ord {INT} NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('part', 'among', 'total', 'apart')),
    PRIMARY KEY (series, code)
) {STRICT};

-- What is counted, by whom it is told: holds from `since` on, until the next one.
CREATE TABLE series_definition (
    series {INT} NOT NULL REFERENCES series (id),
    since TEXT NOT NULL,
    first {INT} NOT NULL,
    counted_ja TEXT NOT NULL,
    counted_en TEXT NOT NULL,
    source_ja TEXT NOT NULL,
    source_en TEXT NOT NULL,
    PRIMARY KEY (series, since)
) {STRICT};

CREATE TABLE series_value (
    series {INT} NOT NULL REFERENCES series (id),
    period TEXT NOT NULL,
    part TEXT NOT NULL,             -- empty: the series has no dimension
    key {INT} NOT NULL,
    text TEXT NOT NULL,             -- as published
    i {INT} NOT NULL,
    scale {INT} NOT NULL,
    n {INT},                        -- the share it is, n of d; d alone: what it is of, or over how many
    d {INT},
    flag TEXT NOT NULL CHECK (flag IN ('', 'derived', 'provisional')),
    note_ja TEXT NOT NULL,
    note_en TEXT NOT NULL,
    PRIMARY KEY (series, period, part)
) {STRICT};

CREATE TABLE series_target (
    series {INT} NOT NULL REFERENCES series (id),
    period TEXT NOT NULL,
    part TEXT NOT NULL,
    key {INT} NOT NULL,
    text TEXT NOT NULL,
    i {INT} NOT NULL,
    scale {INT} NOT NULL,
    source TEXT NOT NULL,           -- "plan:sj2007"
    note_ja TEXT NOT NULL,
    note_en TEXT NOT NULL,
    PRIMARY KEY (series, period, part)
) {STRICT};

-- What stood before a correction.
CREATE TABLE series_past (
    id {ID},
    series {INT} NOT NULL REFERENCES series (id),
    what TEXT NOT NULL CHECK (what IN ('value', 'target', 'definition')),
    period TEXT NOT NULL,
    part TEXT NOT NULL,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    reason TEXT NOT NULL,
    at {INT} NOT NULL               -- time; by whom is in the journal
) {STRICT};
CREATE INDEX series_past_series ON series_past (series);
