-- A letter may be encrypted for its receiver when it goes out: the certificate waits with the text, and goes with it.
ALTER TABLE outbox ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
-- What is urgent goes out before all that waits: warnings are written while a ministry's reminders are still on their way.
ALTER TABLE outbox ADD COLUMN urgent {INT} NOT NULL DEFAULT 0;
CREATE INDEX outbox_next ON outbox (urgent DESC, due, id) WHERE state = 'waiting';
