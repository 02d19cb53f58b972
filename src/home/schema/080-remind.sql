-- What people were reminded of: one letter a person and day, so that a second run says nothing twice.
CREATE TABLE reminded (
    person {INT} NOT NULL REFERENCES person (id),
    day {INT} NOT NULL,             -- in Japan
    at {INT} NOT NULL,
    own {INT} NOT NULL,             -- own sheets named in it
    unit {INT} NOT NULL,            -- units one confirms for
    head {INT} NOT NULL,            -- weekly counts
    late {INT} NOT NULL,            -- told once, after the due day
    due {INT} NOT NULL,             -- when the letter may go out
    PRIMARY KEY (person, day)
) {STRICT};
CREATE INDEX reminded_day ON reminded (day);

-- Runs by the clock, one a working day, in steps of some thousand people: upto is the last person looked at.
CREATE TABLE remind_run (
    day {INT} NOT NULL PRIMARY KEY,
    at {INT} NOT NULL,
    upto {INT} NOT NULL,
    done {INT} NOT NULL CHECK (done IN (0, 1)),
    letters {INT} NOT NULL,
    unreachable {INT} NOT NULL      -- people without a mail address
) {STRICT};

-- The mailer counts what one address was sent within a day.
CREATE INDEX outbox_mail ON outbox (mail, done);
