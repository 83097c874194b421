-- Audit entries are written unnumbered, as changes are; the sealer numbers committed ones and chains them by digest.
ALTER TABLE audit_entry ADD COLUMN position BIGINT;
ALTER TABLE audit_entry ADD COLUMN digest VARCHAR(64);
-- Of refused calls: from where, why, and how many when a flood of them is one entry.
ALTER TABLE audit_entry ADD COLUMN source VARCHAR(45) DEFAULT '' NOT NULL;
ALTER TABLE audit_entry ADD COLUMN reason VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE audit_entry ADD COLUMN times INTEGER DEFAULT 1 NOT NULL;
CREATE UNIQUE INDEX audit_entry_position ON audit_entry (position);
CREATE INDEX audit_entry_call ON audit_entry (call_id);

-- One row: the last entry sealed. Its row lock is the sealer's lease.
CREATE TABLE audit_seal (
    id       INTEGER PRIMARY KEY,
    position BIGINT      NOT NULL,
    digest   VARCHAR(64) NOT NULL
);
INSERT INTO audit_seal (id, position, digest)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
