-- Who may call. One truth for all nodes.

-- One row. Its lock lets one change through at a time, on whatever node; its number tells every node that something changed.
CREATE TABLE partner_revision (
    id       INTEGER PRIMARY KEY,
    revision BIGINT NOT NULL
);
INSERT INTO partner_revision (id, revision) VALUES (1, 0);

CREATE TABLE partner (
    name       VARCHAR(40) PRIMARY KEY,
    tenant     VARCHAR(40) NOT NULL,
    state      VARCHAR(20) NOT NULL,
    version    INTEGER     NOT NULL,
    settings   VARCHAR(10000) NOT NULL,
    changed_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- A certificate identifies one partner.
CREATE TABLE partner_certificate (
    fingerprint VARCHAR(64) PRIMARY KEY,
    tenant      VARCHAR(40) NOT NULL,
    partner     VARCHAR(40) NOT NULL REFERENCES partner (name),
    place       INTEGER     NOT NULL,
    certificate BYTEA       NOT NULL
);
CREATE INDEX partner_certificate_partner ON partner_certificate (partner, place);

-- Every file content ever applied: an old file must not come back over a newer one at the next start.
CREATE TABLE partner_content (
    partner    VARCHAR(40) NOT NULL REFERENCES partner (name),
    content    VARCHAR(64) NOT NULL,
    tenant     VARCHAR(40) NOT NULL,
    applied_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (partner, content)
);
