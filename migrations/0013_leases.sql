-- Who does what where several programs serve one database: each thing by one, for a term, which the database's clock ends.
CREATE TABLE leases (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, term BIGINT NOT NULL, until BIGINT NOT NULL);
