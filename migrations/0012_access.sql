-- From where a member of staff signed in, so that they know which of their sessions is which.
ALTER TABLE sessions ADD COLUMN came_from TEXT NOT NULL DEFAULT '';
-- A link typed into a chat of the pages made whoever held that page's cookie a person, and could make a signed-in person
-- another: there an account is whose session it is, and nobody else's.
DELETE FROM bindings WHERE channel = 'web' AND EXISTS (
    SELECT 1 FROM sessions s WHERE s.account = bindings.account AND (s.person_id IS NULL OR s.person_id <> bindings.person_id)
);
