-- Who holds a post for a system, from the system: `home reminders` counts the readers within reach.
CREATE INDEX post_system ON post (system) WHERE system IS NOT NULL;
