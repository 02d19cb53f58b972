-- Which check of a scanner answers which clause: a rule's id in XCCDF, or the end of one. Beside the edition, like a
-- mapping: benchmarks come out anew while the standard stands.
CREATE TABLE clause_check (
    clause {INT} NOT NULL REFERENCES clause (id),
    name TEXT NOT NULL,
    PRIMARY KEY (clause, name)
) {STRICT};
