-- The way of a round's figures upward (inspect/way.h). A unit is open or closed; an organisation next below the frame's
-- top goes on: open, headed, approved, sent, queried, accepted. With the closing of the round all are published.
ALTER TABLE round_org ADD COLUMN stage TEXT NOT NULL DEFAULT 'open';

CREATE TABLE round_step (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    step TEXT NOT NULL,             -- the act: close-unit, reopen, approve, send, query, accept
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    why TEXT NOT NULL,              -- reason, query or reply
    at {INT} NOT NULL,
    person {INT} NOT NULL,          -- 0: the owner of the database
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX round_step_org ON round_step (round, org);

-- Sheets given back to be looked at again. answered: when it was handed in again; NULL: it waits for its respondent.
CREATE TABLE sheet_return (
    id {ID},
    respondent {INT} NOT NULL REFERENCES respondent (id),
    round {INT} NOT NULL REFERENCES round (id),
    reason TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL,
    answered {INT}
) {STRICT};
CREATE INDEX sheet_return_respondent ON sheet_return (respondent);

-- A later due day: of one respondent, or of all that stood in an organisation when it was given. respondent.due is the
-- latest of them; NULL: the round's.
ALTER TABLE respondent ADD COLUMN due {INT};
CREATE TABLE extension (
    id {ID},
    round {INT} NOT NULL REFERENCES round (id),
    org {INT} NOT NULL REFERENCES org (id),
    respondent {INT} REFERENCES respondent (id), -- NULL: the whole organisation
    until {INT} NOT NULL,
    why TEXT NOT NULL,
    at {INT} NOT NULL,
    by_whom TEXT NOT NULL
) {STRICT};
CREATE INDEX extension_round ON extension (round, org);
