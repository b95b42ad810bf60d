-- Published issues of the list: frozen when made, never changed.
CREATE TABLE editions (
    number BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL, made_by TEXT NOT NULL, at BIGINT NOT NULL
);
-- Groups that want to be told of a new edition.
CREATE TABLE edition_readers (
    group_id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL
);
-- Which group was told of which edition: once each.
CREATE TABLE announcements (
    edition BIGINT NOT NULL, group_id BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (edition, group_id)
);
