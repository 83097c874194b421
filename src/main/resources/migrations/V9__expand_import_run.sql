-- One row while an import is not finished: what is in the other tables then is half of it, and no gateway may start on that.
CREATE TABLE import_run (
    id         INTEGER PRIMARY KEY,
    file       VARCHAR(1000) NOT NULL,
    started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
