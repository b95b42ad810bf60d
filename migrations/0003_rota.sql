-- A shift may be an office's own; null is the whole bureau's, as the program before this one writes it.
ALTER TABLE duty_rows ADD COLUMN office_id BIGINT REFERENCES offices (id);

-- 1: given by a roster file, whose next import replaces it; 0: asked for in chat.
ALTER TABLE leaves ADD COLUMN from_file BIGINT NOT NULL DEFAULT 0;
ALTER TABLE covers ADD COLUMN from_file BIGINT NOT NULL DEFAULT 0;
