-- What a respondent answered question by question: a draft, and what the sheet that was handed in was made from. Places
-- in the planes: the questions of the edition in their order, then its clauses (asked themselves where no question serves
-- them). A sheet that came in a file has none.
CREATE TABLE sheet_question (
    respondent {ID},
    round {INT} NOT NULL REFERENCES round (id),
    answers {BYTES} NOT NULL,       -- two planes (tally/tally.h)
    later {BYTES} NOT NULL,         -- plane: to be answered later
    revision {INT} NOT NULL,        -- 1, 2 … with each change
    submitted {INT} NOT NULL,       -- the revision handed in last, 0 none
    first {INT} NOT NULL,           -- when one was handed in first, 0 never
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX sheet_question_round ON sheet_question (round);

CREATE TABLE question_note (
    respondent {INT} NOT NULL,
    place {INT} NOT NULL,           -- in the planes above
    note TEXT NOT NULL,             -- empty: taken away
    PRIMARY KEY (respondent, place)
) {STRICT};

-- Derived from the edition and the binding: what is asked, as numbers (inspect/sheet_plan.h), so that handing in a sheet
-- does not read an edition. Made when first needed.
CREATE TABLE sheet_plan (
    binding {INT} NOT NULL PRIMARY KEY,
    n {INT} NOT NULL,
    numbers {BYTES} NOT NULL,
    codes TEXT NOT NULL
) {STRICT};

-- Who confirmed, where a person did; of a sheet that came in confirmed its own time and name stand.
ALTER TABLE sheet ADD COLUMN confirmed_at {INT} NOT NULL DEFAULT 0;
ALTER TABLE sheet ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT '';

-- The sheets of a person.
CREATE INDEX respondent_person ON respondent (person) WHERE person IS NOT NULL;
