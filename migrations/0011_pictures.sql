-- Whose a picture is, whether staff sent it, and how large it is: who may see it, who may take it down, how much is kept.
-- Of older ones nobody knows; they are shown to staff until their time is over.
ALTER TABLE room_media ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE room_media ADD COLUMN by_staff BIGINT NOT NULL DEFAULT 0;
ALTER TABLE room_media ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX room_media_author ON room_media (author);
