-- Days on which nobody is expected to work, beside Saturdays and Sundays: public holidays, the turn of the year.
CREATE TABLE day_off (
    day {INT} NOT NULL PRIMARY KEY,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL
) {STRICT};

-- The language letters are written in: ja, en; empty: both.
ALTER TABLE person ADD COLUMN lang TEXT NOT NULL DEFAULT '';

-- What is known of a system or device beside its name (network=LAN, os=…): acts in bulk choose by it.
CREATE TABLE system_tag (
    system {INT} NOT NULL REFERENCES system (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (system, key)
) {STRICT};
CREATE INDEX system_tag_value ON system_tag (key, value);
