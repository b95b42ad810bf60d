-- More rows, as a program of step 13 left them, invented: 南岭县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:13', 2);
UPDATE counters SET value = 7 WHERE name = 'writers';
UPDATE counters SET value = 13 WHERE name = 'bureaus';
UPDATE counters SET value = 13 WHERE name = 'offices';
UPDATE counters SET value = 26 WHERE name = 'people';
UPDATE counters SET value = 13 WHERE name = 'roster';
UPDATE counters SET value = 13 WHERE name = 'groups';
UPDATE counters SET value = 39 WHERE name = 'questions';
UPDATE counters SET value = 26 WHERE name = 'rooms';
UPDATE counters SET value = 13 WHERE name = 'lexicons';
UPDATE counters SET value = 13 WHERE name = 'faq';
UPDATE counters SET value = 130 WHERE name = 'duty_changes';
UPDATE counters SET value = 24 WHERE name = 'audit';
UPDATE counters SET value = 8 WHERE name = 'clusters';
UPDATE counters SET value = 8 WHERE name = 'disputes';
UPDATE counters SET value = 8 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (13, '南岭县局', 0, '"always"', '["南岭"]', 13, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (13, 13, '南岭窗口', 'window', '示例路 13 号', '0374-0000013', 13, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (25, 13, 13, '示例壬', 'helper', '13900000025', '0374-0000125', '["bureau_admin"]', 1, '2018-07-25', NULL, 25, 1),
    (26, 13, 13, '示例癸', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 26, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (13, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[25]]', 13);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (131, 25, 1795902600000, 1795987600000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (132, 25, 26, 1795902600000, 1795987600000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's13', 25, 1795897600000),
    ('telegram', '700000013', 25, 1795897600001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('90412d2ab5e7cb0eb62f814c437d23f9f087e509167f0cf02da259970ddd038f', 25, 1795984000000, 1795897660000),
    ('eb4fc86e504ed7c1bd101a4b94785c1acd8594db7bcb9ea61650633453dd67ff', 26, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('d0da8c5866dd292762d8c57bbc8a35cccfa43f551968845d70f81789e7ef4f11', 's13', '', 25, 1795897600000, 1795897660000, '203.0.113.13'),
    ('064ca42f3b4acbb882ecdc515eff2a23f01fb0f22612198ce5bbfc38f88bb0c0', 'v13', '阳光餐饮', NULL, 1795897600000, 1795897650000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (13, 'web', 'g:13', '南岭县局帮办群', 13, 'help', 'member', 1795897600000, 1795897600000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v13', 'u:v13', 1795897600000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (37, 2, 'web', 'v13', '阳光餐饮', 13, 13, NULL, '25', '住所是租的，要交什么证明？', '[]', NULL, 25, 'ended', '{"Ended":{"how":"Solved","at":1795898500000,"by":25}}', NULL, 1795897600000, 1795897600500, 1795898500000, 25),
    (38, 3, 'web', 'v13', '阳光餐饮', 13, 13, NULL, '1326', '法定代表人人脸识别过不去。', '[]', 13, 25, 'claimed', '{"Claimed":{"by":25,"at":1795897660000,"nudge":"warned","offered":null}}', 1795906600001, 1795897601000, 1795897601500, NULL, 25),
    (39, 4, 'web', 'v13', '阳光餐饮', 13, 13, NULL, '1327', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-13"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-013","revision":1},"until":1795906600000}}', 1795906600002, 1795897602000, 1795897602500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715462583395329, 37, 1795897600000, 'asked', NULL, ''),
    (383715462587590657, 37, 1795897600001, 'answered', NULL, 'change-013·1'),
    (383715462591785985, 37, 1795897600002, 'handed_over', 25, ''),
    (383715462595981313, 37, 1795897660000, 'claimed', 25, ''),
    (383715462600176641, 37, 1795897720000, 'replied', 25, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715462604371969, 37, 1795898500000, 'solved', NULL, ''),
    (383715462608567297, 38, 1795897601000, 'asked', NULL, ''),
    (383715462612762625, 38, 1795897601001, 'handed_over', 25, ''),
    (383715462616957953, 38, 1795897660000, 'claimed', 25, ''),
    (383715462625348609, 39, 1795897602000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:13', '25', 37, 'ask', NULL, NULL, 1),
    ('web', 'g:13', '26', 37, 'answer', NULL, NULL, 2),
    ('web', 'g:13', '1326', 38, 'ask', NULL, NULL, 3),
    ('web', 'g:13', '1376', 38, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4813', 'web', 'g:13', 38, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715462583395329, 'web', 'm:g:13:13', 'web g:13', '', 'handled', 0, NULL, 1795897600000, 1795897600005),
    (383715462587590657, 'web', 'm:g:13:114', 'web g:13', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795897600009, NULL),
    (383715462591785985, 'web', 'm:g:13:x', 'web g:13', '{}', 'aside', 3, 'no such message', 1795897600010, 1795897600011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715462583395329, 'web', 'g:13', NULL, 'g:13', 37, 'answer', '{"Message":{"text":[{"Bold":"Q37"},{"Plain":"已经答复。"}],"buttons":[],"quote":"25","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795897600000, NULL, NULL, '26', NULL, 1795897600000, 1795897600003, 0),
    (383715462587590657, 'web', 'g:13', NULL, 'g:13', 38, 'card', '{"Message":{"text":[{"Bold":"Q38"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4813"}]],"quote":"1326","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795897600004, NULL, NULL, NULL, NULL, 1795897600004, NULL, 0),
    (383715462591785985, 'web', 'g:13', NULL, 'g:13', 38, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q38"},{"Plain":"请稍等。"}],"buttons":[]}}', 383715462587590657, 'waiting', 1, 1, 0, 1795897630000, NULL, NULL, NULL, 'timed out', 1795897600005, NULL, 0),
    (383715462595981313, 'telegram', '-1013', NULL, '-1013', 37, 'notice', '{"Message":{"text":[{"Bold":"Q37"},{"Plain":"已转办。"}],"buttons":[],"quote":"25","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795897600000, NULL, NULL, NULL, 'not enough rights', 1795897600000, 1795897600006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:13', 1795897600000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1013', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 13, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v13', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (25, 'g:13', 25, 'v13', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795897600000, 'b556b6e6dc65d4f8b4ddd1271cae87f61995e0e2b28253f0a60c775f4497f32e'),
    (26, 'g:13', 26, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 25, 0, 0, 383715462583395329, 1795897600003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-13', 'g:13', 'image/png', 'pic-13.png', 1795897600000, 'v13', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-013', 13, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-013', 1, '{"id":"change-013","no":13,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795897600001),
    ('change-013', 2, '{"id":"change-013","no":13,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795897600002);
INSERT INTO lexicons (id, body, at) VALUES
    (13, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795897600000);
INSERT INTO notes (name, text) VALUES
    ('submissions:13', '[{"at":1795897600000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (133, 25, 26, 1795897600000, 1795897601000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (37, 2, 1795898550000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (37, 1795898550000, 1795996600000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (23, 1795897600000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '80a900d12b04b40ce286ffa694abce1d221770b88dde005e936b78cac87a1c2a', '9adabb065968cec0703b6a0876d90507bb521dfa48638e68cc9368b04aaadfc2'),
    (24, 1795897600900, 25, 'claimed', 'Q37', '', '9adabb065968cec0703b6a0876d90507bb521dfa48638e68cc9368b04aaadfc2', '61c5f68da6f82f6cc6b6723e9cc71265ebbedddf9215ff2c87064bc31d01fb99');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715462583395329, 'change-013', 1, 37, 25, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795897600800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-013', 2, 37, 1795898501000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (10, '{"number":10,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-013","no":13,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"南岭县局","address":"示例路 13 号","landline":"0374-0000013","hours":"工作日 9:00–17:00"}]}', 'operator', 1795897600000);
INSERT INTO edition_readers (group_id, at) VALUES
    (13, 1795897600000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (10, 13, 1795897600001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (10, 1, 1, '[{"title":"常见问题清单第10期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795897600099}', '示例壬', 3, 9223372036854775807, 0, '', 1795897600000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 13', 'media-13', 1795897600000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 13', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795897600000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (8, '合伙企业变更', 'drafted', '', 8, 1795897600005, 1795897600000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (37, 8, 'answered', 'change-013'),
    (38, 8, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (8, 8, 'time_limit', 37, '三个工作日', 38, '五个工作日', 1795897600000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (8, 2, 'change-013', 8, '[25]', '{"Edit":{"base":2,"entry":{"id":"change-013","no":13,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795897600000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715462583395329, 'change-013', '条例修订', 1795897600000, 1795984000000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('南岭县局', 'window.hours', '工作日 9:00–17:00', 1795897600000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (37, 'drafted', 8),
    (39, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 13', 'example-13', 2, 1795897606000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v13', '阳光餐饮', 25, 1795897600000);
