-- Helpdesk to the letter: duty changes asked for in chat, ways of speaking, ratings, corrections that reach people, audit.

CREATE TABLE swaps (
    id BIGINT NOT NULL PRIMARY KEY, by_person BIGINT NOT NULL REFERENCES people (id),
    to_person BIGINT NOT NULL REFERENCES people (id), own_from BIGINT NOT NULL, own_until BIGINT NOT NULL,
    their_from BIGINT, their_until BIGINT
);

-- How the bot may speak in the group, where the group chose for itself (JSON).
ALTER TABLE groups ADD COLUMN modes TEXT NOT NULL DEFAULT '{"all":null,"by_category":{}}';

-- Who has the question now, for the queue; the state says it too.
ALTER TABLE questions ADD COLUMN holder BIGINT REFERENCES people (id);
UPDATE questions SET holder = (
    SELECT s.person_id FROM steps s WHERE s.question_id = questions.id AND s.kind IN ('claimed', 'replied') AND s.person_id IS NOT NULL
    ORDER BY s.id DESC LIMIT 1
) WHERE phase IN ('claimed', 'replied');
-- What was written while the clock was ahead is found without reading every question.
CREATE INDEX questions_heard ON questions (heard_at);
CREATE INDEX questions_holder ON questions (holder, phase);

-- One rating a solved question; low ones open a review.
CREATE TABLE ratings (question_id BIGINT NOT NULL PRIMARY KEY REFERENCES questions (id), level BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE reviews (
    question_id BIGINT NOT NULL PRIMARY KEY REFERENCES questions (id), opened_at BIGINT NOT NULL, due_at BIGINT NOT NULL,
    told BIGINT NOT NULL, closed_at BIGINT, closed_by BIGINT REFERENCES people (id), note TEXT
);

-- Who did what, chained: each row's hash covers the one before it.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, person_id BIGINT, action TEXT NOT NULL, object TEXT NOT NULL,
    note TEXT NOT NULL, before TEXT NOT NULL, hash TEXT NOT NULL
);

-- Answers that a helper withdrew: a defect of the entry, and the words it must not answer again.
CREATE TABLE entry_defects (
    id BIGINT NOT NULL PRIMARY KEY, entry_id TEXT NOT NULL, revision BIGINT NOT NULL, question_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL, words TEXT NOT NULL, must_not_hit TEXT NOT NULL, at BIGINT NOT NULL, closed_at BIGINT
);

-- Who must hear that what they were told has changed (更正追达): one row a question and revision, done once.
CREATE TABLE recalls (
    entry_id TEXT NOT NULL, revision BIGINT NOT NULL, question_id BIGINT NOT NULL, made_at BIGINT NOT NULL, told_at BIGINT,
    PRIMARY KEY (entry_id, revision, question_id)
);

-- A withdrawn entry's number may be given to another.
DROP INDEX entries_no;
CREATE UNIQUE INDEX entries_no ON entries (no) WHERE active = 1;
