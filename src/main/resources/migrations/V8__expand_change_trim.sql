-- Up to which position changes have been trimmed: whoever stands before it is told so, and skips nothing unknowingly.
ALTER TABLE change_seal ADD COLUMN trimmed BIGINT DEFAULT 0 NOT NULL;
