-- Where a case comes from, and what it was taken over into: references to things of any room, written "kind:code", such as
-- case:finding-2026-3, clause:baseline-2/2.2.1(1)(c), rate:demo-2026/hei, measure:sj2007/65.
CREATE TABLE case_reference (
    item {INT} NOT NULL REFERENCES case_item (id),
    relation TEXT NOT NULL CHECK (relation IN ('from', 'into')),
    ord {INT} NOT NULL,             -- from 0, in the order given
    target TEXT NOT NULL,
    PRIMARY KEY (item, relation, target)
) {STRICT};
CREATE INDEX case_reference_target ON case_reference (target);
