-- What search finds by. All of it is derived: `meguri rebuild` makes it anew. Written by access/fold_store.c.

-- Folded words of organisations (kind 1: code, names, earlier names) and clauses (kind 2: number, titles, texts), one
-- field a line. Few enough to be read through for each question.
CREATE TABLE fold_text (
    kind {INT} NOT NULL CHECK (kind IN (1, 2)),
    id {INT} NOT NULL,             -- of org or clause
    text TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) {STRICT};

-- People by two neighbouring characters of their name, or by a word of Latin letters. Each import adds rows of its own;
-- what they say may be out of date, so whoever is found is looked up again.
CREATE TABLE fold_list (
    id {ID},
    gram TEXT NOT NULL,
    list {BYTES} NOT NULL          -- organisations with their people: access/fold.h
) {STRICT};
CREATE INDEX fold_list_gram ON fold_list (gram);
