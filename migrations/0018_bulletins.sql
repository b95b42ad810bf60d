-- 督导通报 (许工商〔2018〕103号 四(二)): its words and frozen figures, and what bureaus say against it before it is issued.
CREATE TABLE bulletins (
    id BIGINT NOT NULL PRIMARY KEY, month TEXT NOT NULL, number BIGINT, phase TEXT NOT NULL, version BIGINT NOT NULL,
    words TEXT NOT NULL, figures TEXT NOT NULL, written_by BIGINT NOT NULL REFERENCES people (id),
    drafted_at BIGINT NOT NULL, issued_by BIGINT REFERENCES people (id), issued_at BIGINT
);
CREATE UNIQUE INDEX bulletins_month ON bulletins (month) WHERE phase <> 'dropped';
CREATE TABLE objections (
    id BIGINT NOT NULL PRIMARY KEY, bulletin_id BIGINT NOT NULL REFERENCES bulletins (id),
    bureau_id BIGINT NOT NULL REFERENCES bureaus (id), by_person BIGINT NOT NULL REFERENCES people (id),
    words TEXT NOT NULL, at BIGINT NOT NULL, taken BIGINT, reason TEXT NOT NULL,
    decided_by BIGINT REFERENCES people (id), decided_at BIGINT
);
CREATE INDEX objections_bulletin ON objections (bulletin_id);
