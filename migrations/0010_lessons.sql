-- Which questions were looked at for what people showed by them, and the draft their line was proposed in; none where they
-- showed nothing, as the cluster stood then: what editors make of it later may show more.
CREATE TABLE lessons (question_id BIGINT NOT NULL PRIMARY KEY, standing TEXT NOT NULL, draft_id BIGINT);
