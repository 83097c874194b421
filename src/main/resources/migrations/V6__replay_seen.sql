-- When a signature came first, instead of when it may be forgotten: that follows from the settings, and a read may be repeated
-- only shortly after. A row from before seems to be seen when it would have expired, which keeps it longer than needed.
ALTER TABLE replay RENAME COLUMN expires_at TO seen_at;
ALTER INDEX replay_expiry RENAME TO replay_seen;
