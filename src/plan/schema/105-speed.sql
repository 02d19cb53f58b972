-- What is shown of a plan does not read half a million owners to tell those of some rows. `owners` says the same as plan_owner,
-- in the same order, codes parted by blanks, a star before the lead: written with it, and made anew by `meguri rebuild`.
ALTER TABLE plan_item ADD COLUMN owners TEXT NOT NULL DEFAULT '';
WITH RECURSIVE list (item, ord, owners) AS (
    SELECT item, ord, CASE lead WHEN 1 THEN '*' ELSE '' END || owner FROM plan_owner WHERE ord = 1
    UNION ALL
    SELECT l.item, c.ord, l.owners || ' ' || CASE c.lead WHEN 1 THEN '*' ELSE '' END || c.owner
    FROM list l JOIN plan_owner c ON c.item = l.item AND c.ord = l.ord + 1
)
UPDATE plan_item SET owners = list.owners FROM list
WHERE list.item = plan_item.id AND NOT EXISTS (SELECT 1 FROM plan_owner x WHERE x.item = list.item AND x.ord = list.ord + 1);

-- Who leads a measure is asked for each of them.
CREATE INDEX plan_owner_lead ON plan_owner (item, ord) WHERE lead = 1;

-- What owners say now, without their texts.
CREATE INDEX plan_said_stands ON plan_said (plan, voice, key, org, status, last) WHERE last = 1;
