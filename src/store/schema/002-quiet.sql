-- Changes that leave no line in the journal (drafts, sessions) are counted, so that seq and quiet together tell a reader
-- whether anything changed since.
ALTER TABLE journal_head ADD COLUMN quiet {INT} NOT NULL DEFAULT 0;
