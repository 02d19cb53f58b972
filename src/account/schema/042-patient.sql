-- Letters that keep to quiet hours: what is still unsent in the evening waits for the next working morning.
ALTER TABLE outbox ADD COLUMN patient {INT} NOT NULL DEFAULT 0;
CREATE INDEX outbox_patient ON outbox (due) WHERE state = 'waiting' AND patient = 1;
