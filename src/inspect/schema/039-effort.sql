-- Seconds spent on a page, added up at each save and submission from the time since the last one, at most five minutes
-- each; what came before the first save is not known.
ALTER TABLE sheet_question ADD COLUMN spent {INT} NOT NULL DEFAULT 0;

-- Letters that spoke of a round to people of an organisation: counts alone, nobody's name.
CREATE TABLE reminder (
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    day {INT} NOT NULL,
    letters {INT} NOT NULL,
    PRIMARY KEY (round, org, day)
) {STRICT};
