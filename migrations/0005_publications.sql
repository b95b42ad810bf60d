-- An issue of the list on its way through the official account: one row a draft, at most eight articles each.
CREATE TABLE publications (
    edition BIGINT NOT NULL, part BIGINT NOT NULL, parts BIGINT NOT NULL, articles TEXT NOT NULL, state TEXT NOT NULL,
    drafted_by TEXT NOT NULL, version BIGINT NOT NULL, next_at BIGINT NOT NULL, tries BIGINT NOT NULL,
    trouble TEXT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (edition, part)
);
CREATE INDEX publications_due ON publications (next_at);
-- Pictures the account already holds, by what they are for and the hash of the file.
CREATE TABLE official_pictures (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, at BIGINT NOT NULL);
-- What the account told us, so that a second delivery gets the first one's reply.
CREATE TABLE official_heard (name TEXT NOT NULL PRIMARY KEY, reply TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX official_heard_at ON official_heard (at);
