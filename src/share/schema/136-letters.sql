-- A link in a letter that confirms one delivery, and nothing else. Only its digest is kept; it works once.
CREATE TABLE share_link (
    digest TEXT NOT NULL PRIMARY KEY,
    delivery {INT} NOT NULL REFERENCES share_delivery (id),
    contact TEXT NOT NULL,          -- who confirms by it, as the contact was called when the letter was written
    mail TEXT NOT NULL,             -- to whom it went: a contact that is no longer there confirms nothing
    sealed {INT} NOT NULL CHECK (sealed IN (0, 1)), -- it came in an encrypted letter: others did not read it on the way
    made {INT} NOT NULL,
    until {INT} NOT NULL,
    used {INT}
) {STRICT};
CREATE INDEX share_link_delivery ON share_link (delivery);

-- When a tier was last written to about those below it that do not confirm: many fall due at once, in more than one turn, and are one letter.
CREATE TABLE share_above (
    notice {INT} NOT NULL REFERENCES share_notice (id),
    parent {INT} NOT NULL,          -- delivery of who passed it on; 0: the issuer
    at {INT} NOT NULL,
    PRIMARY KEY (notice, parent)
) {STRICT};

-- What waits to be told is asked for every minute.
CREATE INDEX share_report_holder_told ON share_report_holder (since) WHERE told = 0;
CREATE INDEX share_consent_told ON share_consent (asked) WHERE told = 0;
