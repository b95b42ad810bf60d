-- From what people keep asking to the list: clusters of questions, drafts of entries, entries that wait for their owner.

CREATE TABLE clusters (
    id BIGINT NOT NULL PRIMARY KEY, name TEXT, standing TEXT NOT NULL, note TEXT NOT NULL, draft_id BIGINT,
    told_at BIGINT, made_at BIGINT NOT NULL
);
-- Every question, with what the list made of it.
CREATE TABLE collected (
    question_id BIGINT NOT NULL PRIMARY KEY REFERENCES questions (id), cluster_id BIGINT NOT NULL REFERENCES clusters (id),
    reason TEXT NOT NULL, entry_id TEXT
);
CREATE INDEX collected_cluster ON collected (cluster_id);
CREATE INDEX collected_entry ON collected (entry_id);
-- Replies of one cluster that contradict each other (口径不一致), for the city desk.
CREATE TABLE disputes (
    id BIGINT NOT NULL PRIMARY KEY, cluster_id BIGINT NOT NULL REFERENCES clusters (id), about TEXT NOT NULL,
    one_question BIGINT NOT NULL, one_says TEXT NOT NULL, other_question BIGINT NOT NULL, other_says TEXT NOT NULL,
    opened_at BIGINT NOT NULL, closed_at BIGINT, closed_by BIGINT REFERENCES people (id), note TEXT
);
CREATE INDEX disputes_cluster ON disputes (cluster_id);

CREATE TABLE drafts (
    id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, entry_id TEXT, cluster_id BIGINT, authors TEXT NOT NULL,
    proposal TEXT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL, changed_at BIGINT NOT NULL
);
CREATE INDEX drafts_phase ON drafts (phase);

-- Entries whose ground has moved: 口径更新中 until their owner has looked.
CREATE TABLE freezes (
    id BIGINT NOT NULL PRIMARY KEY, entry_id TEXT NOT NULL, why TEXT NOT NULL, at BIGINT NOT NULL, due_at BIGINT NOT NULL,
    told BIGINT NOT NULL, lifted_at BIGINT, lifted_by BIGINT REFERENCES people (id)
);
CREATE INDEX freezes_open ON freezes (lifted_at);
-- Values of placeholders that were approved in the console or in chat; they come before those of bangban.toml.
CREATE TABLE fills (bureau TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (bureau, name));
-- Withdrawn here, not by being gone from the files: the files do not bring it back.
ALTER TABLE entries ADD COLUMN withdrawn_here BIGINT NOT NULL DEFAULT 0;
