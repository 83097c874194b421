-- Messages seen, so that the same signed bytes are never executed twice, by any node, nor after a restart.
CREATE TABLE replay (
    signature  VARCHAR(64) PRIMARY KEY,
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX replay_expiry ON replay (expires_at);
