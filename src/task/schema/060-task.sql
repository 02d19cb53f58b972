-- Long acts under way and done: what was asked, by whom, how it ended, what it told. The change itself and its line in
-- the journal are the act's; a row without an end whose program is gone was cut short, and changed nothing.
CREATE TABLE task (
    id TEXT NOT NULL PRIMARY KEY,
    act TEXT NOT NULL,             -- "inspect import"
    person TEXT NOT NULL,          -- code
    post TEXT NOT NULL,
    org {INT} NOT NULL REFERENCES org (id),
    what TEXT NOT NULL,            -- the arguments in a line, names of files among them
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'refused', 'cut')),
    rehearsed {INT} NOT NULL CHECK (rehearsed IN (0, 1)),
    begun {INT} NOT NULL,
    ended {INT},
    told TEXT NOT NULL             -- JSON: facts, texts and faults, in the language of who asked
) {STRICT};
CREATE INDEX task_begun ON task (begun);
