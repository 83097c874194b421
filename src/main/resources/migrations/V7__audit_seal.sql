-- Audit entries are written unnumbered, as changes are; the sealer numbers committed ones and chains them by digest.
ALTER TABLE audit_entry ADD COLUMN position BIGINT;
ALTER TABLE audit_entry ADD COLUMN digest VARCHAR(64);
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
