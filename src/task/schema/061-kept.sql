-- What a long act was tried out with, so that it can be done with the same: the fields of its form and its files. Dropped
-- when it was done, and after a day.
CREATE TABLE task_kept (
    task TEXT NOT NULL REFERENCES task (id),
    pos {INT} NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,           -- of a file its name
    bytes {BYTES},                 -- of a file
    PRIMARY KEY (task, pos)
) {STRICT};
