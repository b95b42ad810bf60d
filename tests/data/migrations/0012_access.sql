-- More rows, as a program of step 12 left them, invented: 新河县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:12', 2);
UPDATE counters SET value = 6 WHERE name = 'writers';
UPDATE counters SET value = 12 WHERE name = 'bureaus';
UPDATE counters SET value = 12 WHERE name = 'offices';
UPDATE counters SET value = 24 WHERE name = 'people';
UPDATE counters SET value = 12 WHERE name = 'roster';
UPDATE counters SET value = 12 WHERE name = 'groups';
UPDATE counters SET value = 36 WHERE name = 'questions';
UPDATE counters SET value = 24 WHERE name = 'rooms';
UPDATE counters SET value = 12 WHERE name = 'lexicons';
UPDATE counters SET value = 12 WHERE name = 'faq';
UPDATE counters SET value = 120 WHERE name = 'duty_changes';
UPDATE counters SET value = 22 WHERE name = 'audit';
UPDATE counters SET value = 7 WHERE name = 'clusters';
UPDATE counters SET value = 7 WHERE name = 'disputes';
UPDATE counters SET value = 7 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (12, '新河县局', 0, '"always"', '["新河"]', 12, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (12, 12, '新河窗口', 'window', '示例路 12 号', '0374-0000012', 12, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (23, 12, 12, '示例庚', 'helper', '13900000023', '0374-0000123', '["bureau_admin"]', 1, '2018-07-25', NULL, 23, 1),
    (24, 12, 12, '示例辛', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 24, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (12, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[23]]', 12);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (121, 23, 1795816200000, 1795901200000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (122, 23, 24, 1795816200000, 1795901200000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's12', 23, 1795811200000),
    ('telegram', '700000012', 23, 1795811200001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('9a467b7f89d86f6f651f0220ee2049af2fa4d60975f27e40589d4afde4a4e9ef', 23, 1795897600000, 1795811260000),
    ('fac1e18cef49deb6b8a478c7e9acd9742f76dddcee9b4f8db74956bcfe0906fa', 24, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('dda076aad43966d44390b26e760432140ac37c9917cea63b4d62c7a7c6494ad8', 's12', '', 23, 1795811200000, 1795811260000, '203.0.113.12'),
    ('a71ef16c6d679ee67a08cb549b1c319189e6630604bf69ead1e3f0ad58ce7b12', 'v12', '阳光餐饮', NULL, 1795811200000, 1795811250000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (12, 'web', 'g:12', '新河县局帮办群', 12, 'help', 'member', 1795811200000, 1795811200000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v12', 'u:v12', 1795811200000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (34, 2, 'web', 'v12', '阳光餐饮', 12, 12, NULL, '23', '住所是租的，要交什么证明？', '[]', NULL, 23, 'ended', '{"Ended":{"how":"Solved","at":1795812100000,"by":23}}', NULL, 1795811200000, 1795811200500, 1795812100000, 23),
    (35, 3, 'web', 'v12', '阳光餐饮', 12, 12, NULL, '1226', '法定代表人人脸识别过不去。', '[]', 12, 23, 'claimed', '{"Claimed":{"by":23,"at":1795811260000,"nudge":"warned","offered":null}}', 1795820200001, 1795811201000, 1795811201500, NULL, 23),
    (36, 4, 'web', 'v12', '阳光餐饮', 12, 12, NULL, '1227', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-12"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-012","revision":1},"until":1795820200000}}', 1795820200002, 1795811202000, 1795811202500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715362583395329, 34, 1795811200000, 'asked', NULL, ''),
    (383715362587590657, 34, 1795811200001, 'answered', NULL, 'change-012·1'),
    (383715362591785985, 34, 1795811200002, 'handed_over', 23, ''),
    (383715362595981313, 34, 1795811260000, 'claimed', 23, ''),
    (383715362600176641, 34, 1795811320000, 'replied', 23, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715362604371969, 34, 1795812100000, 'solved', NULL, ''),
    (383715362608567297, 35, 1795811201000, 'asked', NULL, ''),
    (383715362612762625, 35, 1795811201001, 'handed_over', 23, ''),
    (383715362616957953, 35, 1795811260000, 'claimed', 23, ''),
    (383715362625348609, 36, 1795811202000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:12', '23', 34, 'ask', NULL, NULL, 1),
    ('web', 'g:12', '24', 34, 'answer', NULL, NULL, 2),
    ('web', 'g:12', '1226', 35, 'ask', NULL, NULL, 3),
    ('web', 'g:12', '1276', 35, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4812', 'web', 'g:12', 35, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715362583395329, 'web', 'm:g:12:13', 'web g:12', '', 'handled', 0, NULL, 1795811200000, 1795811200005),
    (383715362587590657, 'web', 'm:g:12:114', 'web g:12', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795811200009, NULL),
    (383715362591785985, 'web', 'm:g:12:x', 'web g:12', '{}', 'aside', 3, 'no such message', 1795811200010, 1795811200011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715362583395329, 'web', 'g:12', NULL, 'g:12', 34, 'answer', '{"Message":{"text":[{"Bold":"Q34"},{"Plain":"已经答复。"}],"buttons":[],"quote":"23","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795811200000, NULL, NULL, '24', NULL, 1795811200000, 1795811200003, 0),
    (383715362587590657, 'web', 'g:12', NULL, 'g:12', 35, 'card', '{"Message":{"text":[{"Bold":"Q35"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4812"}]],"quote":"1226","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795811200004, NULL, NULL, NULL, NULL, 1795811200004, NULL, 0),
    (383715362591785985, 'web', 'g:12', NULL, 'g:12', 35, 'line', '{"Message":{"text":[{"Bold":"Q35"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1226","whom":null,"ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1795811230000, NULL, NULL, NULL, 'timed out', 1795811200005, NULL, 0),
    (383715362595981313, 'telegram', '-1012', NULL, '-1012', 34, 'notice', '{"Message":{"text":[{"Bold":"Q34"},{"Plain":"已转办。"}],"buttons":[],"quote":"23","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795811200000, NULL, NULL, NULL, 'not enough rights', 1795811200000, 1795811200006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:12', 1795811200000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1012', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 12, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v12', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (23, 'g:12', 23, 'v12', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795811200000, '0b23bf4ac6eaa2b5b81748ab1c3f824580579517ab9703588dbdc068ea17e145'),
    (24, 'g:12', 24, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 23, 0, 0, 383715362583395329, 1795811200003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-12', 'g:12', 'image/png', 'pic-12.png', 1795811200000, 'v12', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-012', 12, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-012', 1, '{"id":"change-012","no":12,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795811200001),
    ('change-012', 2, '{"id":"change-012","no":12,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795811200002);
INSERT INTO lexicons (id, body, at) VALUES
    (12, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795811200000);
INSERT INTO notes (name, text) VALUES
    ('submissions:12', '[{"at":1795811200000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (123, 23, 24, 1795811200000, 1795811201000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (34, 2, 1795812150000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (34, 1795812150000, 1795910200000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (21, 1795811200000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'cbd4e067273b0631f4468a8072360f4a4eef5deed55b01e7085ca9abdadb3d8c', 'd0cfaa9989e81233c1abfe22405b0f323d763426d12fe6ac15e019bbd6852a53'),
    (22, 1795811200900, 23, 'claimed', 'Q34', '', 'd0cfaa9989e81233c1abfe22405b0f323d763426d12fe6ac15e019bbd6852a53', '80a900d12b04b40ce286ffa694abce1d221770b88dde005e936b78cac87a1c2a');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715362583395329, 'change-012', 1, 34, 23, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795811200800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-012', 2, 34, 1795812101000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (9, '{"number":9,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-012","no":12,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"新河县局","address":"示例路 12 号","landline":"0374-0000012","hours":"工作日 9:00–17:00"}]}', 'operator', 1795811200000);
INSERT INTO edition_readers (group_id, at) VALUES
    (12, 1795811200000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (9, 12, 1795811200001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (9, 1, 1, '[{"title":"常见问题清单第9期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795811200099}', '示例庚', 3, 9223372036854775807, 0, '', 1795811200000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 12', 'media-12', 1795811200000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 12', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795811200000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (7, '合伙企业变更', 'drafted', '', 7, 1795811200005, 1795811200000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (34, 7, 'answered', 'change-012'),
    (35, 7, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (7, 7, 'time_limit', 34, '三个工作日', 35, '五个工作日', 1795811200000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (7, 2, 'change-012', 7, '[23]', '{"Edit":{"base":2,"entry":{"id":"change-012","no":12,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795811200000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715362583395329, 'change-012', '条例修订', 1795811200000, 1795897600000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('新河县局', 'window.hours', '工作日 9:00–17:00', 1795811200000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (34, 'drafted', 7),
    (36, '', NULL);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v12', '阳光餐饮', 23, 1795811200000);
