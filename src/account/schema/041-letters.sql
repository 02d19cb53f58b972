-- A letter knows the link it carries (its digest): a letter given up ends the link, a link that has ended stops the letter.
ALTER TABLE outbox ADD COLUMN link TEXT;
CREATE INDEX outbox_link ON outbox (link);

-- Whoever signs in through an issuer for the first time is found by their address.
CREATE INDEX person_mail ON person (mail);
