-- How a person comes in. What would let somebody in stands here as a digest only: passwords by Argon2id, everything that
-- is random by SHA-256. Times are seconds since 1970.
CREATE TABLE account (
    person {INT} NOT NULL PRIMARY KEY REFERENCES person (id),
    password TEXT NOT NULL,         -- Argon2id with its limits; empty: cannot come in by password
    totp TEXT NOT NULL,             -- base32; has to be known in clear, as RFC 6238 has it
    totp_step {INT} NOT NULL,       -- the step used last: a code works once
    setup TEXT UNIQUE,              -- digest of the one-time set-up code
    setup_until {INT} NOT NULL,
    created {INT} NOT NULL,
    seen {INT} NOT NULL,            -- last came in; 0: never
    locked {INT} NOT NULL CHECK (locked IN (0, 1)) -- by an administrator: comes in by no way at all
) {STRICT};

-- A person as an issuer of OpenID Connect knows them.
CREATE TABLE account_subject (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person {INT} NOT NULL REFERENCES person (id),
    since {INT} NOT NULL,
    PRIMARY KEY (issuer, subject)
) {STRICT};

CREATE TABLE session (
    id {ID},
    digest TEXT NOT NULL UNIQUE,    -- of what the cookie holds
    person {INT} NOT NULL REFERENCES person (id),
    post TEXT NOT NULL,             -- code of the post acted in; empty: not chosen
    how TEXT NOT NULL,              -- password, oidc, demo, link
    peer TEXT NOT NULL,
    begun {INT} NOT NULL,
    seen {INT} NOT NULL,
    csrf {BYTES} NOT NULL,
    round TEXT NOT NULL,            -- of a one-sheet link: nothing but this sheet; else empty
    respondent TEXT NOT NULL
) {STRICT};
CREATE INDEX session_person ON session (person);
CREATE INDEX session_begun ON session (begun);

CREATE TABLE api_token (
    id {ID},
    digest TEXT NOT NULL UNIQUE,
    person {INT} NOT NULL REFERENCES person (id),
    post TEXT NOT NULL,
    label TEXT NOT NULL,
    read_only {INT} NOT NULL CHECK (read_only IN (0, 1)),
    created {INT} NOT NULL,
    expires {INT}                   -- NULL: never, which the audit reports
) {STRICT};
CREATE INDEX api_token_person ON api_token (person);

-- A link by mail to one sheet, for a respondent without an account. Works once; then the session it began goes on.
CREATE TABLE sheet_link (
    id {ID},
    digest TEXT NOT NULL UNIQUE,
    round TEXT NOT NULL,
    respondent TEXT NOT NULL,
    org {INT} NOT NULL REFERENCES org (id),
    person {INT} NOT NULL REFERENCES person (id),
    mail TEXT NOT NULL,
    made {INT} NOT NULL,
    by_whom TEXT NOT NULL,          -- code of the person who sent it
    expires {INT} NOT NULL,
    used {INT},
    withdrawn {INT}
) {STRICT};
CREATE INDEX sheet_link_respondent ON sheet_link (round, respondent);

-- Tries that failed, by account and address together and by address alone; and addresses an account came in from.
CREATE TABLE signin_try (
    key TEXT NOT NULL PRIMARY KEY,  -- digest: names tried are often passwords typed into the wrong field
    n {INT} NOT NULL,
    at {INT} NOT NULL
) {STRICT};
CREATE INDEX signin_try_at ON signin_try (at);

-- Letters that wait. The text goes as soon as it is sent or given up, for it may hold a link.
CREATE TABLE outbox (
    id {ID},
    org {INT} NOT NULL REFERENCES org (id), -- in whose name it goes out
    mail TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    made {INT} NOT NULL,
    due {INT} NOT NULL,             -- not before
    tries {INT} NOT NULL,
    trouble TEXT NOT NULL,          -- of the last try
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    done {INT}                      -- when it was sent or given up
) {STRICT};
CREATE INDEX outbox_waiting ON outbox (due) WHERE state = 'waiting';

-- What the server said of itself when it started, for the audit.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    at {INT} NOT NULL
) {STRICT};
