-- The tier that a quota's name told of the project, when it was met with this model: 0 not told, 1 free, 2 paid;
-- and when, ms since 1970 UTC. Of a project's rows the last word counts.
ALTER TABLE quotas ADD COLUMN tier INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quotas ADD COLUMN tier_ms INTEGER NOT NULL DEFAULT 0;
