-- What happened to each question, as far as figures need it: read from its steps, and read again when there are more.
CREATE TABLE courses (
    question_id BIGINT NOT NULL PRIMARY KEY, bureau_id BIGINT NOT NULL, asked_at BIGINT NOT NULL, handed_at BIGINT,
    claimed_at BIGINT, replied_at BIGINT, helper BIGINT, last_helper BIGINT, ended_at BIGINT, rating BIGINT,
    review_due BIGINT, review_done BIGINT, marks BIGINT NOT NULL
);
-- A bureau's questions of a period.
CREATE INDEX courses_bureau ON courses (bureau_id, asked_at);
-- Those of a period that were not handed over are only counted: everything that is counted stands in the index itself.
CREATE INDEX courses_alone ON courses (asked_at, bureau_id, marks, rating, ended_at) WHERE handed_at IS NULL;
CREATE INDEX courses_handed ON courses (asked_at) WHERE handed_at IS NOT NULL;
-- 办理量 and the like, as they were handed in for a month (2026-11): one row a bureau and figure; none where nothing was.
CREATE TABLE reported (
    month TEXT NOT NULL, bureau_id BIGINT NOT NULL, figure TEXT NOT NULL, value BIGINT NOT NULL, by_person BIGINT NOT NULL,
    at BIGINT NOT NULL, PRIMARY KEY (month, bureau_id, figure)
);
