-- A page shows a level or two of the tree: found without walking all of it.
CREATE INDEX round_org_depth ON round_org (round, depth, lo);
