-- Surveys whose answers are the answering organisation's own: the elicitation of interdependency (surveys.md).
ALTER TABLE survey ADD COLUMN kind TEXT NOT NULL DEFAULT 'system' CHECK (kind IN ('system', 'service')); -- of the register's entries
ALTER TABLE survey ADD COLUMN own {INT} NOT NULL DEFAULT 0 CHECK (own IN (0, 1)); -- 1: no single reply is shown to anybody else
ALTER TABLE survey ADD COLUMN questions TEXT NOT NULL DEFAULT '';                 -- the set they were taken from
-- Next below the frame when it was asked: its sector. What moves in the tree later does not regroup what was answered.
ALTER TABLE survey_org ADD COLUMN part {INT} REFERENCES org (id);
-- 1: entered by somebody from outside the organisation for it; who enters is not shown it again.
ALTER TABLE survey_reply ADD COLUMN outside {INT} NOT NULL DEFAULT 0 CHECK (outside IN (0, 1));

CREATE TABLE survey_question_new (
    survey {INT} NOT NULL REFERENCES survey (id),
    pos {INT} NOT NULL,               -- 1, 2 …
    key TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('yes_no', 'text', 'date', 'number', 'choice', 'levels', 'hours')),
    choices TEXT NOT NULL,            -- parted by /; of levels the hours
    text_ja TEXT NOT NULL,
    text_en TEXT NOT NULL,
    about TEXT NOT NULL,              -- code of an organisation, or empty
    PRIMARY KEY (survey, pos)
) {STRICT};
INSERT INTO survey_question_new (survey, pos, key, type, choices, text_ja, text_en, about)
    SELECT survey, pos, key, type, choices, text_ja, text_en, '' FROM survey_question;
DROP TABLE survey_question;
ALTER TABLE survey_question_new RENAME TO survey_question;
