-- Long runs, as what they told: records (surface/record.h) made as by a post that sees no operator's service by name, so that whoever
-- may run the model may read them.
CREATE TABLE depend_run (
    id {ID},
    code TEXT NOT NULL UNIQUE,
    version {INT} NOT NULL REFERENCES depend_version (id),
    hash TEXT NOT NULL,       -- of the version, as it was run
    parameters TEXT NOT NULL, -- the command that repeats it
    seed {INT} NOT NULL,
    runs {INT} NOT NULL,
    ja TEXT NOT NULL,         -- what happens, in a sentence
    en TEXT NOT NULL,
    made {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    record_ja {BYTES} NOT NULL,
    record_en {BYTES} NOT NULL
) {STRICT};
CREATE INDEX depend_run_version ON depend_run (version);
