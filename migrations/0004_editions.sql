-- Published issues of the list: frozen when made, never changed.
CREATE TABLE editions (
    number BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL, made_by TEXT NOT NULL, at BIGINT NOT NULL
);
