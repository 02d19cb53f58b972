-- Sheets that one person entered for another (代行入力). A row per respondent and person who entered: it stays, since
-- whoever entered a sheet never confirms it. The latest of a respondent tells how the sheet stands.
CREATE TABLE sheet_entry (
    respondent {INT} NOT NULL REFERENCES respondent (id),
    person {INT} NOT NULL REFERENCES person (id),
    round {INT} NOT NULL REFERENCES round (id),
    at {INT} NOT NULL,
    revision {INT} NOT NULL,          -- of sheet_question when it was entered: a later one is of the respondent's own hand
    -- waiting: for the respondent to check; paper: handed in from a signed paper; endorsed: submitted by the respondent;
    -- objected: the respondent says the paper is not what stands; replaced: a file brought other answers
    state TEXT NOT NULL CHECK (state IN ('waiting', 'paper', 'endorsed', 'objected', 'replaced')),
    paper_date {INT},                 -- the day the paper was signed
    paper_ref TEXT NOT NULL,          -- where it is kept
    ended {INT},                      -- when it was endorsed, objected to or replaced
    why TEXT NOT NULL,                -- of the objection
    PRIMARY KEY (respondent, person)
) {STRICT};
CREATE INDEX sheet_entry_person ON sheet_entry (round, person);
