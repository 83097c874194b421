CREATE TABLE sales_order (
    tenant      VARCHAR(40)  NOT NULL,
    id          VARCHAR(20)  NOT NULL,
    version     INTEGER      NOT NULL,
    deleted     BOOLEAN      NOT NULL,
    created_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    changed_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    customer_id VARCHAR(20)  NOT NULL,
    order_date  DATE         NOT NULL,
    status      VARCHAR(20)  NOT NULL,
    content     VARCHAR(1000000) NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, customer_id) REFERENCES customer (tenant, id)
);
CREATE INDEX sales_order_date ON sales_order (tenant, order_date, id);
CREATE INDEX sales_order_customer ON sales_order (tenant, customer_id, order_date, id);
