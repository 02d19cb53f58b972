-- Exceptions granted by a decision (room case), beside those that come in a round's file: they hold in every round whose
-- base date lies in their period. until before since: never granted, or taken back before it began; no such row stays.
CREATE TABLE granted_exception (
    id {ID},
    number TEXT NOT NULL UNIQUE,
    respondent TEXT NOT NULL,       -- code of a post, system or device; empty: the organisation and all below it
    org {INT} NOT NULL REFERENCES org (id),
    edition {INT} NOT NULL REFERENCES edition (id),
    clause TEXT NOT NULL,           -- by its number in the edition
    since {INT} NOT NULL,
    until {INT} NOT NULL,
    reason TEXT NOT NULL
) {STRICT};

-- 1: copied from granted_exception, and changed there alone.
ALTER TABLE exception ADD COLUMN granted {INT} NOT NULL DEFAULT 0 CHECK (granted IN (0, 1));
