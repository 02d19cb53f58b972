-- Pages of addressees by state: the next page begins in the index, however many stand before it.
DROP INDEX share_delivery_parent;
CREATE INDEX share_delivery_parent ON share_delivery (notice, parent, ack, due, id);

-- Drills: whether no letters were written (those asked were to be called), and whose contacts were stale when it began. Contacts are
-- mended after a drill, so what it found has to be kept.
CREATE TABLE share_drill (
    notice {INT} NOT NULL PRIMARY KEY REFERENCES share_notice (id),
    by_phone {INT} NOT NULL CHECK (by_phone IN (0, 1))
) {STRICT};
CREATE TABLE share_drill_contact (
    notice {INT} NOT NULL REFERENCES share_notice (id),
    org {INT} NOT NULL REFERENCES org (id),
    confirmed {INT},                -- when its contact was last confirmed; NULL: never, or there was none
    PRIMARY KEY (notice, org)
) {STRICT};
