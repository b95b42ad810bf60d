-- More rows, as a program of step 14 left them, invented: 北岗县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:14', 2);
UPDATE counters SET value = 8 WHERE name = 'writers';
UPDATE counters SET value = 14 WHERE name = 'bureaus';
UPDATE counters SET value = 14 WHERE name = 'offices';
UPDATE counters SET value = 28 WHERE name = 'people';
UPDATE counters SET value = 14 WHERE name = 'roster';
UPDATE counters SET value = 14 WHERE name = 'groups';
UPDATE counters SET value = 42 WHERE name = 'questions';
UPDATE counters SET value = 28 WHERE name = 'rooms';
UPDATE counters SET value = 14 WHERE name = 'lexicons';
UPDATE counters SET value = 14 WHERE name = 'faq';
UPDATE counters SET value = 140 WHERE name = 'duty_changes';
UPDATE counters SET value = 26 WHERE name = 'audit';
UPDATE counters SET value = 9 WHERE name = 'clusters';
UPDATE counters SET value = 9 WHERE name = 'disputes';
UPDATE counters SET value = 9 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (14, '北岗县局', 0, '"always"', '["北岗"]', 14, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (14, 14, '北岗窗口', 'window', '示例路 14 号', '0374-0000014', 14, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (27, 14, 14, '示例子', 'helper', '13900000027', '0374-0000127', '["bureau_admin"]', 1, '2018-07-25', NULL, 27, 1),
    (28, 14, 14, '示例丑', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 28, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (14, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[27]]', 14);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (141, 27, 1795989000000, 1796074000000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (142, 27, 28, 1795989000000, 1796074000000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's14', 27, 1795984000000),
    ('telegram', '700000014', 27, 1795984000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('1d469393dce663b8a20bab6a084406796187c3da15851ebea3c866c1981a6f87', 27, 1796070400000, 1795984060000),
    ('a1b702b9c1def838b7a73cf12f71a6a42c21086c60779356a87ce600fc70d6df', 28, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('c0c654f433480a106679d6e5114b26cc819dbc39453e66da3d4e29dc6e0b49ae', 's14', '', 27, 1795984000000, 1795984060000, '203.0.113.14'),
    ('913eae3da82e4686ddb29329c0225f65de92dd0571131f8162afa464d4fe9feb', 'v14', '阳光餐饮', NULL, 1795984000000, 1795984050000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (14, 'web', 'g:14', '北岗县局帮办群', 14, 'help', 'member', 1795984000000, 1795984000000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v14', 'u:v14', 1795984000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (40, 2, 'web', 'v14', '阳光餐饮', 14, 14, NULL, '27', '住所是租的，要交什么证明？', '[]', NULL, 27, 'ended', '{"Ended":{"how":"Solved","at":1795984900000,"by":27}}', NULL, 1795984000000, 1795984000500, 1795984900000, 27),
    (41, 3, 'web', 'v14', '阳光餐饮', 14, 14, NULL, '1426', '法定代表人人脸识别过不去。', '[]', 14, 27, 'claimed', '{"Claimed":{"by":27,"at":1795984060000,"nudge":"warned","offered":null}}', 1795993000001, 1795984001000, 1795984001500, NULL, 27),
    (42, 4, 'web', 'v14', '阳光餐饮', 14, 14, NULL, '1427', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-14"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-014","revision":1},"until":1795993000000}}', 1795993000002, 1795984002000, 1795984002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715562583395329, 40, 1795984000000, 'asked', NULL, ''),
    (383715562587590657, 40, 1795984000001, 'answered', NULL, 'change-014·1'),
    (383715562591785985, 40, 1795984000002, 'handed_over', 27, ''),
    (383715562595981313, 40, 1795984060000, 'claimed', 27, ''),
    (383715562600176641, 40, 1795984120000, 'replied', 27, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715562604371969, 40, 1795984900000, 'solved', NULL, ''),
    (383715562608567297, 41, 1795984001000, 'asked', NULL, ''),
    (383715562612762625, 41, 1795984001001, 'handed_over', 27, ''),
    (383715562616957953, 41, 1795984060000, 'claimed', 27, ''),
    (383715562625348609, 42, 1795984002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:14', '27', 40, 'ask', NULL, NULL, 1),
    ('web', 'g:14', '28', 40, 'answer', NULL, NULL, 2),
    ('web', 'g:14', '1426', 41, 'ask', NULL, NULL, 3),
    ('web', 'g:14', '1476', 41, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4814', 'web', 'g:14', 41, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715562583395329, 'web', 'm:g:14:13', 'web g:14', '', 'handled', 0, NULL, 1795984000000, 1795984000005),
    (383715562587590657, 'web', 'm:g:14:114', 'web g:14', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795984000009, NULL),
    (383715562591785985, 'web', 'm:g:14:x', 'web g:14', '{}', 'aside', 3, 'no such message', 1795984000010, 1795984000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715562583395329, 'web', 'g:14', NULL, 'g:14', 40, 'answer', '{"Message":{"text":[{"Bold":"Q40"},{"Plain":"已经答复。"}],"buttons":[],"quote":"27","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795984000000, NULL, NULL, '28', NULL, 1795984000000, 1795984000003, 0),
    (383715562587590657, 'web', 'g:14', NULL, 'g:14', 41, 'card', '{"Message":{"text":[{"Bold":"Q41"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4814"}]],"quote":"1426","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795984000004, NULL, NULL, NULL, NULL, 1795984000004, NULL, 0),
    (383715562591785985, 'web', 'g:14', NULL, 'g:14', 41, 'line', '{"Message":{"text":[{"Bold":"Q41"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1426","whom":null,"ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1795984030000, NULL, NULL, NULL, 'timed out', 1795984000005, NULL, 0),
    (383715562595981313, 'telegram', '-1014', NULL, '-1014', 40, 'notice', '{"Message":{"text":[{"Bold":"Q40"},{"Plain":"已转办。"}],"buttons":[],"quote":"27","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795984000000, NULL, NULL, NULL, 'not enough rights', 1795984000000, 1795984000006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:14', 1795984000000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1014', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 14, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v14', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (27, 'g:14', 27, 'v14', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795984000000, '8d8b0b71dcb671a3282b0953d3defc911d2087f08fe309328097fbcfae808c6e'),
    (28, 'g:14', 28, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 27, 0, 0, 383715562583395329, 1795984000003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-14', 'g:14', 'image/png', 'pic-14.png', 1795984000000, 'v14', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-014', 14, 2, '变更', 'fedf6dbfaf6a03c51aa66dc5ea0373e5a6b4303447e89d31530b0f58d723f37f', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-014', 1, '{"id":"change-014","no":14,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795984000001),
    ('change-014', 2, '{"id":"change-014","no":14,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795984000002);
INSERT INTO lexicons (id, body, at) VALUES
    (14, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795984000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:14', '[{"at":1795984000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (143, 27, 28, 1795984000000, 1795984001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (40, 2, 1795984950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (40, 1795984950000, 1796083000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (25, 1795984000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '61c5f68da6f82f6cc6b6723e9cc71265ebbedddf9215ff2c87064bc31d01fb99', '7a956deba2a1cc347ced82b9bd957ffc149b09ec9ec1535878ecb6f3ef15af2b'),
    (26, 1795984000900, 27, 'claimed', 'Q40', '', '7a956deba2a1cc347ced82b9bd957ffc149b09ec9ec1535878ecb6f3ef15af2b', '49a2bfc5401c214156e33d154d288a4ec305b1a66f109e4b2d268453d084361c');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715562583395329, 'change-014', 1, 40, 27, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795984000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-014', 2, 40, 1795984901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (11, '{"number":11,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-014","no":14,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"北岗县局","address":"示例路 14 号","landline":"0374-0000014","hours":"工作日 9:00–17:00"}]}', 'operator', 1795984000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (14, 1795984000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (11, 14, 1795984000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (11, 1, 1, '[{"title":"常见问题清单第11期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795984000099}', '示例子', 3, 9223372036854775807, 0, '', 1795984000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 14', 'media-14', 1795984000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 14', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795984000000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (9, '合伙企业变更', 'drafted', '', 9, 1795984000005, 1795984000000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (40, 9, 'answered', 'change-014'),
    (41, 9, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (9, 9, 'time_limit', 40, '三个工作日', 41, '五个工作日', 1795984000000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (9, 2, 'change-014', 9, '[27]', '{"Edit":{"base":2,"entry":{"id":"change-014","no":14,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795984000000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715562583395329, 'change-014', '条例修订', 1795984000000, 1796070400000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('北岗县局', 'window.hours', '工作日 9:00–17:00', 1795984000000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (40, 'drafted', 9),
    (42, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 14', 'example-14', 2, 1795984006000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v14', '阳光餐饮', 27, 1795984000000);
INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES
    (27, 41, '先交变更登记申请书', 1795984000000);
INSERT INTO room_reads (account, room, upto) VALUES
    ('v14', 'g:14', 27);
INSERT INTO wishes (question_id, channel, account, at, told_at) VALUES
    (41, 'web', 'v14b', 1795984002000, NULL);
INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES
    ('outbox', 1795984000000, 125000, 1795984000900, NULL, 1);
INSERT INTO switched_off (channel, group_id, reason, at) VALUES
    ('telegram', 0, '清单有误，正在核对', 1795984000000);
