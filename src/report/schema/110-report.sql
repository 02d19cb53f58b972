-- What is published. A template is data: its lines stand as in the file they came from, and template.c alone understands
-- them. A report keeps a copy of its parts, so that a template defined anew changes nothing that was begun. Dates are days
-- since 1970, times seconds.
CREATE TABLE report_template (
    code TEXT NOT NULL PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    defined {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};

CREATE TABLE report_line (
    template TEXT NOT NULL REFERENCES report_template (code),
    ord {INT} NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('template', 'heading', 'text', 'view', 'figure')),
    code TEXT NOT NULL,
    level {INT} NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    entry TEXT NOT NULL,
    arguments TEXT NOT NULL,
    showing TEXT NOT NULL,          -- names of tables; empty: all
    most {INT} NOT NULL,            -- rows of a table; 0: all
    rules TEXT NOT NULL,
    guide_ja TEXT NOT NULL,
    guide_en TEXT NOT NULL,
    pattern_ja TEXT NOT NULL,
    pattern_en TEXT NOT NULL,
    PRIMARY KEY (template, ord)
) {STRICT};

CREATE TABLE report (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    template TEXT NOT NULL,         -- code; a report outlives its template
    owner TEXT NOT NULL CHECK (owner IN ('centre', 'organisation')),
    org {INT} NOT NULL REFERENCES org (id),
    year {INT} NOT NULL,            -- fiscal year it is about
    round TEXT NOT NULL,            -- codes that its parts are asked with; empty: none
    plan TEXT NOT NULL,
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    opened {INT} NOT NULL,          -- time
    opener {INT} REFERENCES person (id) -- NULL: the owner of the database
) {STRICT};
CREATE INDEX report_org ON report (org);
CREATE INDEX report_year ON report (template, year);

-- draft → review → frozen → published, and back from review to draft. A correction is the next edition; what was wrong
-- with the one before stands with it.
CREATE TABLE report_edition (
    report {INT} NOT NULL REFERENCES report (id),
    no {INT} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'frozen', 'published')),
    handling TEXT NOT NULL,         -- word of the template: public concerned
    due {INT},                      -- day on which it is to be published
    wrong TEXT NOT NULL,            -- of an erratum: what was wrong, what is right, why; empty: the first edition
    correct TEXT NOT NULL,
    why TEXT NOT NULL,
    sender {INT} REFERENCES person (id), -- who sent it to review; NULL: nobody, or the owner of the database
    sent {INT},                     -- time; NULL: it was not sent
    approver {INT} REFERENCES person (id),
    approved {INT},                 -- time: since then it is frozen
    digest TEXT NOT NULL,           -- SHA-256 over what is frozen (digest.c); empty: not yet
    head TEXT NOT NULL,             -- of the journal then
    embargo {INT},                  -- time before which only its owners see it
    published {INT},                -- time
    PRIMARY KEY (report, no)
) {STRICT};
CREATE INDEX report_edition_state ON report_edition (state);

CREATE TABLE report_part (
    report {INT} NOT NULL,
    no {INT} NOT NULL,
    ord {INT} NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('heading', 'text', 'view', 'figure')),
    code TEXT NOT NULL,
    level {INT} NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    entry TEXT NOT NULL,
    arguments TEXT NOT NULL,
    showing TEXT NOT NULL,
    most {INT} NOT NULL,
    rules TEXT NOT NULL,
    guide_ja TEXT NOT NULL,
    guide_en TEXT NOT NULL,
    pattern_ja TEXT NOT NULL,
    pattern_en TEXT NOT NULL,
    text_ja TEXT NOT NULL,          -- of a text: what was written, or the prefilled sentence
    text_en TEXT NOT NULL,
    revision {INT} NOT NULL,        -- 0: nobody wrote it yet; of a view: how often it was assembled
    at {INT},                       -- time of the last writing or assembling
    by_whom TEXT NOT NULL,
    left_out TEXT NOT NULL,         -- why it is left out; empty: it is not
    record_ja {BYTES},              -- what the view said (surface/record.h); NULL: not assembled, or it could not be made
    record_en {BYTES},
    trouble_ja TEXT NOT NULL,       -- why it could not be made; empty: it was
    trouble_en TEXT NOT NULL,
    gone {INT} NOT NULL,            -- lines that the last assembling no longer found, and those it found new
    come {INT} NOT NULL,
    PRIMARY KEY (report, no, code),
    FOREIGN KEY (report, no) REFERENCES report_edition (report, no)
) {STRICT};

-- Texts that were written over, by the revision they were.
CREATE TABLE report_past (
    report {INT} NOT NULL,
    no {INT} NOT NULL,
    part TEXT NOT NULL,
    revision {INT} NOT NULL,
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    at {INT},
    by_whom TEXT NOT NULL,
    PRIMARY KEY (report, no, part, revision),
    FOREIGN KEY (report, no) REFERENCES report_edition (report, no)
) {STRICT};

-- Who was asked to read it before it is approved; done: they commented or said that they have nothing to say.
CREATE TABLE report_reviewer (
    report {INT} NOT NULL,
    no {INT} NOT NULL,
    person {INT} NOT NULL REFERENCES person (id),
    done {INT},                     -- time
    PRIMARY KEY (report, no, person),
    FOREIGN KEY (report, no) REFERENCES report_edition (report, no)
) {STRICT};
CREATE INDEX report_reviewer_person ON report_reviewer (person);

CREATE TABLE report_comment (
    id {ID},
    report {INT} NOT NULL,
    no {INT} NOT NULL,
    part TEXT NOT NULL,             -- code; empty: the whole
    at {INT} NOT NULL,
    person {INT} REFERENCES person (id), -- NULL: the owner of the database
    text TEXT NOT NULL,
    resolved {INT},                 -- time
    answer TEXT NOT NULL,
    resolver {INT} REFERENCES person (id),
    FOREIGN KEY (report, no) REFERENCES report_edition (report, no)
) {STRICT};
CREATE INDEX report_comment_report ON report_comment (report, no);

-- All that happened to an edition, in order of id.
CREATE TABLE report_event (
    id {ID},
    report {INT} NOT NULL,
    no {INT} NOT NULL,
    at {INT} NOT NULL,
    person {INT} REFERENCES person (id),
    what TEXT NOT NULL,             -- opened written assembled sent returned approved published ...
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (report, no) REFERENCES report_edition (report, no)
) {STRICT};
CREATE INDEX report_event_report ON report_event (report, no);
