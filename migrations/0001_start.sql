-- Portable SQL for SQLite and PostgreSQL. Times are integer milliseconds UTC, JSON is TEXT, ids are made by the program.

CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE bureaus (
    id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, city BIGINT NOT NULL,
    hours TEXT NOT NULL, places TEXT NOT NULL, position BIGINT NOT NULL, active BIGINT NOT NULL
);
CREATE TABLE offices (
    id BIGINT NOT NULL PRIMARY KEY, bureau_id BIGINT NOT NULL REFERENCES bureaus (id), name TEXT NOT NULL,
    kind TEXT NOT NULL, address TEXT, landline TEXT, position BIGINT NOT NULL, active BIGINT NOT NULL
);
CREATE TABLE people (
    id BIGINT NOT NULL PRIMARY KEY, bureau_id BIGINT NOT NULL REFERENCES bureaus (id),
    office_id BIGINT NOT NULL REFERENCES offices (id), name TEXT NOT NULL, standing TEXT NOT NULL,
    mobile TEXT, landline TEXT, roles TEXT NOT NULL, reviewer BIGINT NOT NULL, passed_on TEXT, affiliation TEXT,
    position BIGINT NOT NULL, active BIGINT NOT NULL
);
CREATE TABLE duty_rows (
    bureau_id BIGINT NOT NULL REFERENCES bureaus (id), position BIGINT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (bureau_id, position)
);
-- What differs from the duty plan: leave, and who stands in.
CREATE TABLE leaves (
    id BIGINT NOT NULL PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES people (id), from_at BIGINT NOT NULL, until_at BIGINT NOT NULL
);
CREATE TABLE covers (
    id BIGINT NOT NULL PRIMARY KEY, of_person BIGINT NOT NULL REFERENCES people (id),
    by_person BIGINT NOT NULL REFERENCES people (id), from_at BIGINT NOT NULL, until_at BIGINT NOT NULL
);

-- Accounts that are known to be a person of the roster.
CREATE TABLE bindings (
    channel TEXT NOT NULL, account TEXT NOT NULL, person_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL, PRIMARY KEY (channel, account)
);
CREATE INDEX bindings_person ON bindings (person_id);
-- One-time links; only the token's SHA-256 is kept.
CREATE TABLE invitations (
    token_hash TEXT NOT NULL PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES people (id),
    expires_at BIGINT NOT NULL, used_at BIGINT
);
-- Browser sessions: visitors (no person) and staff; only the token's SHA-256 is kept.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, nickname TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id), created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL
);

CREATE TABLE groups (
    id BIGINT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL, title TEXT NOT NULL,
    bureau_id BIGINT REFERENCES bureaus (id), kind TEXT, standing TEXT NOT NULL,
    told_at BIGINT, created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX groups_chat ON groups (channel, chat);
-- Private chats that people opened, so that a card may be sent there.
CREATE TABLE private_chats (
    channel TEXT NOT NULL, account TEXT NOT NULL, chat TEXT NOT NULL, opened_at BIGINT NOT NULL,
    blocked BIGINT NOT NULL, PRIMARY KEY (channel, account)
);

CREATE TABLE questions (
    id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, channel TEXT NOT NULL, account TEXT NOT NULL,
    asker_name TEXT NOT NULL, group_id BIGINT NOT NULL REFERENCES groups (id),
    bureau_id BIGINT NOT NULL REFERENCES bureaus (id), topic TEXT, message_id TEXT NOT NULL,
    text TEXT NOT NULL, media TEXT NOT NULL, registered_at BIGINT REFERENCES bureaus (id),
    first_helper BIGINT REFERENCES people (id), phase TEXT NOT NULL, state TEXT NOT NULL,
    due_at BIGINT, asked_at BIGINT NOT NULL, heard_at BIGINT NOT NULL, ended_at BIGINT
);
CREATE INDEX questions_due ON questions (due_at);
CREATE INDEX questions_asker ON questions (channel, account, asked_at);
-- Every step of a question with its time: the history people are shown and the audit reads.
CREATE TABLE steps (
    id BIGINT NOT NULL PRIMARY KEY, question_id BIGINT NOT NULL REFERENCES questions (id), at BIGINT NOT NULL,
    kind TEXT NOT NULL, person_id BIGINT, note TEXT NOT NULL
);
CREATE INDEX steps_question ON steps (question_id);
-- Which message belongs to which question, and as what (ask, answer, card, notice, reply).
CREATE TABLE links (
    channel TEXT NOT NULL, chat TEXT NOT NULL, message_id TEXT NOT NULL, question_id BIGINT NOT NULL REFERENCES questions (id),
    role TEXT NOT NULL, topic TEXT, body TEXT, PRIMARY KEY (channel, chat, message_id)
);
CREATE INDEX links_question ON links (question_id);
-- What a button's opaque token stands for.
CREATE TABLE buttons (
    token TEXT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL,
    question_id BIGINT REFERENCES questions (id), action TEXT NOT NULL, expires_at BIGINT NOT NULL
);
CREATE INDEX buttons_question ON buttons (question_id);

-- Raw updates, committed before they are confirmed to their platform; blanked when handled.
CREATE TABLE inbox (
    id BIGINT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, natural_key TEXT NOT NULL, lane TEXT NOT NULL,
    raw TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL, error TEXT,
    received_at BIGINT NOT NULL, handled_at BIGINT
);
CREATE UNIQUE INDEX inbox_key ON inbox (channel, natural_key);
CREATE INDEX inbox_state ON inbox (state, id);
-- What is owed to chats, written in the transaction that decided it.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL, topic TEXT, lane TEXT NOT NULL,
    question_id BIGINT, role TEXT NOT NULL, body TEXT NOT NULL, changes BIGINT, state TEXT NOT NULL, attempts BIGINT NOT NULL,
    again BIGINT NOT NULL, told BIGINT NOT NULL, not_before BIGINT NOT NULL, lease_until BIGINT, holder TEXT, message_id TEXT, error TEXT,
    created_at BIGINT NOT NULL, sent_at BIGINT
);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_sent ON outbox (sent_at);
CREATE INDEX outbox_question ON outbox (question_id, state);
-- A platform's own waiting time for a chat (429), so that a restart keeps it.
CREATE TABLE chat_waits (channel TEXT NOT NULL, chat TEXT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (channel, chat));
CREATE TABLE leases (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL);
-- Non-questions are counted per day and group, never kept.
CREATE TABLE tallies (day TEXT NOT NULL, group_id BIGINT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (day, group_id, kind));
-- Askers who were told that they ask too fast.
CREATE TABLE told (channel TEXT NOT NULL, account TEXT NOT NULL, what TEXT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (channel, account, what));

-- The web group: what its rooms show, masked, for 30 days.
CREATE TABLE room_messages (
    id BIGINT NOT NULL PRIMARY KEY, room TEXT NOT NULL, revision BIGINT NOT NULL, author TEXT NOT NULL, name TEXT NOT NULL,
    badge TEXT NOT NULL, body TEXT NOT NULL, quote BIGINT, edited BIGINT NOT NULL, deleted BIGINT NOT NULL,
    outbox_id BIGINT, at BIGINT NOT NULL
);
CREATE UNIQUE INDEX room_outbox ON room_messages (outbox_id);
CREATE INDEX room_revision ON room_messages (room, revision);
CREATE TABLE room_media (id TEXT NOT NULL PRIMARY KEY, room TEXT NOT NULL, mime TEXT NOT NULL, file TEXT NOT NULL, at BIGINT NOT NULL);

-- The knowledge base: entries and their immutable approved revisions.
CREATE TABLE entries (
    id TEXT NOT NULL PRIMARY KEY, no BIGINT NOT NULL, revision BIGINT NOT NULL, topic TEXT NOT NULL,
    file_digest TEXT NOT NULL, active BIGINT NOT NULL
);
CREATE UNIQUE INDEX entries_no ON entries (no);
CREATE TABLE revisions (
    entry_id TEXT NOT NULL REFERENCES entries (id), revision BIGINT NOT NULL, body TEXT NOT NULL,
    approved_by TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (entry_id, revision)
);
CREATE TABLE lexicons (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL, at BIGINT NOT NULL);
-- Short texts by name: the city's name, whether the roster is the sample.
CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL);
