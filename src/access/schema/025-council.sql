-- Councils and committees, their meetings, what lay before them and what they decided.
CREATE TABLE council (
    code TEXT NOT NULL PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    ord {INT} NOT NULL,
    since {INT},
    until {INT}
) {STRICT};

-- number, day: NULL where the sources do not tell them.
CREATE TABLE meeting (
    code TEXT NOT NULL PRIMARY KEY,
    council TEXT NOT NULL REFERENCES council (code),
    number {INT},
    day {INT},
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    note_ja TEXT NOT NULL,
    note_en TEXT NOT NULL
) {STRICT};
CREATE INDEX meeting_number ON meeting (council, number);
CREATE INDEX meeting_day ON meeting (day);

-- ref, here and below: what it is in this program, as "kind:code"; empty: nothing.
CREATE TABLE meeting_document (
    meeting TEXT NOT NULL REFERENCES meeting (code),
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (meeting, kind, place)
) {STRICT};

CREATE TABLE meeting_decision (
    meeting TEXT NOT NULL REFERENCES meeting (code),
    place TEXT NOT NULL,
    what TEXT NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (meeting, place)
) {STRICT};

-- What recurs in the year: since and until are MM-DD (every fiscal year, or that of `year`) or YYYY-MM-DD (once). Of an
-- organisation it concerns all below it; org NULL: everybody.
CREATE TABLE calendar (
    code TEXT NOT NULL PRIMARY KEY,
    year {INT},
    kind TEXT NOT NULL,
    org {INT} REFERENCES org (id),
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    ref TEXT NOT NULL
) {STRICT};
