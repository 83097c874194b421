-- A partner's own names for records. Not per record: a merged record keeps several.
CREATE TABLE external_id (
    tenant      VARCHAR(40) NOT NULL,
    partner     VARCHAR(40) NOT NULL,
    kind        VARCHAR(20) NOT NULL,
    external_id VARCHAR(40) NOT NULL,
    record_id   VARCHAR(20) NOT NULL,
    PRIMARY KEY (tenant, partner, kind, external_id)
);
CREATE INDEX external_id_record ON external_id (tenant, record_id, partner);

-- What the gateway must remember to recognise what it issued, e.g. the key that authenticates cursors.
CREATE TABLE gateway_secret (
    name   VARCHAR(40) PRIMARY KEY,
    secret BYTEA NOT NULL
);

-- The record is one JSON document; the columns beside it are what searches ask for.
CREATE TABLE customer (
    tenant      VARCHAR(40)  NOT NULL,
    id          VARCHAR(20)  NOT NULL,
    version     INTEGER      NOT NULL,
    deleted     BOOLEAN      NOT NULL,
    created_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    changed_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    name_sort   BYTEA        NOT NULL,
    name_key    BYTEA        NOT NULL,
    status      VARCHAR(20)  NOT NULL,
    source      VARCHAR(30),
    segment     VARCHAR(30),
    valid_from  DATE,
    valid_until DATE,
    content     VARCHAR(1000000) NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX customer_name ON customer (tenant, name_sort, id);
