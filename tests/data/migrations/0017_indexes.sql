-- More rows, as a program of step 17 left them, invented: 北苑县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:17', 2);
UPDATE counters SET value = 11 WHERE name = 'writers';
UPDATE counters SET value = 17 WHERE name = 'bureaus';
UPDATE counters SET value = 17 WHERE name = 'offices';
UPDATE counters SET value = 34 WHERE name = 'people';
UPDATE counters SET value = 17 WHERE name = 'roster';
UPDATE counters SET value = 17 WHERE name = 'groups';
UPDATE counters SET value = 51 WHERE name = 'questions';
UPDATE counters SET value = 34 WHERE name = 'rooms';
UPDATE counters SET value = 17 WHERE name = 'lexicons';
UPDATE counters SET value = 17 WHERE name = 'faq';
UPDATE counters SET value = 170 WHERE name = 'duty_changes';
UPDATE counters SET value = 32 WHERE name = 'audit';
UPDATE counters SET value = 12 WHERE name = 'clusters';
UPDATE counters SET value = 12 WHERE name = 'disputes';
UPDATE counters SET value = 12 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (17, '北苑县局', 0, '"always"', '["北苑"]', 17, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (17, 17, '北苑窗口', 'window', '示例路 17 号', '0374-0000017', 17, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (33, 17, 17, '示例午', 'helper', '13900000033', '0374-0000133', '["bureau_admin"]', 1, '2018-07-25', NULL, 33, 1),
    (34, 17, 17, '示例未', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 34, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (17, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[33]]', 17);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (171, 33, 1796248200000, 1796333200000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (172, 33, 34, 1796248200000, 1796333200000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's17', 33, 1796243200000),
    ('telegram', '700000017', 33, 1796243200001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('d29f3a999b550bd7bf0003ad67bd2c4647cb30a1d5310a3e2b080f91e9000c78', 33, 1796329600000, 1796243260000),
    ('7f3bbb8f631a510937a4a82433feb3faf596e9e01f6f61dcbe7e1e4bb6bafe4c', 34, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('ca420c9e637fee6e93a00ecaae358f61ab3e373f4b0e047fc444be59fa971818', 's17', '', 33, 1796243200000, 1796243260000, '203.0.113.17'),
    ('e3a35eeef9955ad87b3f47d00f4d6db1e6ff26d03aeea99b06ed9968092ef19e', 'v17', '阳光餐饮', NULL, 1796243200000, 1796243250000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (17, 'web', 'g:17', '北苑县局帮办群', 17, 'help', 'member', 1796243200000, 1796243200000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v17', 'u:v17', 1796243200000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (49, 2, 'web', 'v17', '阳光餐饮', 17, 17, NULL, '33', '住所是租的，要交什么证明？', '[]', NULL, 33, 'ended', '{"Ended":{"how":"Solved","at":1796244100000,"by":33}}', NULL, 1796243200000, 1796243200500, 1796244100000, 33),
    (50, 3, 'web', 'v17', '阳光餐饮', 17, 17, NULL, '1726', '法定代表人人脸识别过不去。', '[]', 17, 33, 'claimed', '{"Claimed":{"by":33,"at":1796243260000,"nudge":"warned","offered":null}}', 1796252200001, 1796243201000, 1796243201500, NULL, 33),
    (51, 4, 'web', 'v17', '阳光餐饮', 17, 17, NULL, '1727', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-17"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-017","revision":1},"until":1796252200000}}', 1796252200002, 1796243202000, 1796243202500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715862583395329, 49, 1796243200000, 'asked', NULL, ''),
    (383715862587590657, 49, 1796243200001, 'answered', NULL, 'change-017·1'),
    (383715862591785985, 49, 1796243200002, 'handed_over', 33, ''),
    (383715862595981313, 49, 1796243260000, 'claimed', 33, ''),
    (383715862600176641, 49, 1796243320000, 'replied', 33, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715862604371969, 49, 1796244100000, 'solved', NULL, ''),
    (383715862608567297, 50, 1796243201000, 'asked', NULL, ''),
    (383715862612762625, 50, 1796243201001, 'handed_over', 33, ''),
    (383715862616957953, 50, 1796243260000, 'claimed', 33, ''),
    (383715862625348609, 51, 1796243202000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:17', '33', 49, 'ask', NULL, NULL, 1),
    ('web', 'g:17', '34', 49, 'answer', NULL, NULL, 2),
    ('web', 'g:17', '1726', 50, 'ask', NULL, NULL, 3),
    ('web', 'g:17', '1776', 50, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4817', 'web', 'g:17', 50, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715862583395329, 'web', 'm:g:17:13', 'web g:17', '', 'handled', 0, NULL, 1796243200000, 1796243200005),
    (383715862587590657, 'web', 'm:g:17:114', 'web g:17', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1796243200009, NULL),
    (383715862591785985, 'web', 'm:g:17:x', 'web g:17', '{}', 'aside', 3, 'no such message', 1796243200010, 1796243200011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715862583395329, 'web', 'g:17', NULL, 'g:17', 49, 'answer', '{"Message":{"text":[{"Bold":"Q49"},{"Plain":"已经答复。"}],"buttons":[],"quote":"33","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1796243200000, NULL, NULL, '34', NULL, 1796243200000, 1796243200003, 0),
    (383715862587590657, 'web', 'g:17', NULL, 'g:17', 50, 'card', '{"Message":{"text":[{"Bold":"Q50"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4817"}]],"quote":"1726","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1796243200004, NULL, NULL, NULL, NULL, 1796243200004, NULL, 0),
    (383715862591785985, 'web', 'g:17', NULL, 'g:17', 50, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q50"},{"Plain":"请稍等。"}],"buttons":[]}}', 383715862587590657, 'waiting', 1, 1, 0, 1796243230000, NULL, NULL, NULL, 'timed out', 1796243200005, NULL, 0),
    (383715862595981313, 'telegram', '-1017', NULL, '-1017', 49, 'notice', '{"Message":{"text":[{"Bold":"Q49"},{"Plain":"已转办。"}],"buttons":[],"quote":"33","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1796243200000, NULL, NULL, NULL, 'not enough rights', 1796243200000, 1796243200006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:17', 1796243200000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1017', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 17, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v17', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (33, 'g:17', 33, 'v17', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1796243200000, '8f7e2db74f0b50c75465f2a810fd1ac878fdb2f660e72954034b55018d4cfe13'),
    (34, 'g:17', 34, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 33, 0, 0, 383715862583395329, 1796243200003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-17', 'g:17', 'image/png', 'pic-17.png', 1796243200000, 'v17', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-017', 17, 2, '变更', '866fa5ca9f8c44744f1ff814e46c07a3fc38e052f9d17422e10a600ea2394e99', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-017', 1, '{"id":"change-017","no":17,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796243200001),
    ('change-017', 2, '{"id":"change-017","no":17,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796243200002);
INSERT INTO lexicons (id, body, at) VALUES
    (17, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1796243200000);
INSERT INTO notes (name, text) VALUES
    ('submissions:17', '[{"at":1796243200000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (173, 33, 34, 1796243200000, 1796243201000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (49, 2, 1796244150000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (49, 1796244150000, 1796342200000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (31, 1796243200000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'bc2033edc2df6b8332f81fc790b00b558face5b939669729c881504ff3b2c10c', 'f64523d9596401a92c69c8a146a7aa717b2f285faf5d4b060478d89e42cf8e77'),
    (32, 1796243200900, 33, 'claimed', 'Q49', '', 'f64523d9596401a92c69c8a146a7aa717b2f285faf5d4b060478d89e42cf8e77', '1381d6e892bb954c8794df4f85ac74093777f99d745bd645d52453fd20ee9f84');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715862583395329, 'change-017', 1, 49, 33, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1796243200800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-017', 2, 49, 1796244101000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (14, '{"number":14,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-017","no":17,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"北苑县局","address":"示例路 17 号","landline":"0374-0000017","hours":"工作日 9:00–17:00"}]}', 'operator', 1796243200000);
INSERT INTO edition_readers (group_id, at) VALUES
    (17, 1796243200000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (14, 17, 1796243200001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (14, 1, 1, '[{"title":"常见问题清单第14期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1796243200099}', '示例午', 3, 9223372036854775807, 0, '', 1796243200000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 17', 'media-17', 1796243200000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 17', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1796243200000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (12, '合伙企业变更', 'drafted', '', 12, 1796243200005, 1796243200000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (49, 12, 'answered', 'change-017'),
    (50, 12, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (12, 12, 'time_limit', 49, '三个工作日', 50, '五个工作日', 1796243200000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (12, 2, 'change-017', 12, '[33]', '{"Edit":{"base":2,"entry":{"id":"change-017","no":17,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1796243200000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715862583395329, 'change-017', '条例修订', 1796243200000, 1796329600000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('北苑县局', 'window.hours', '工作日 9:00–17:00', 1796243200000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (49, 'drafted', 12),
    (51, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 17', 'example-17', 2, 1796243206000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v17', '阳光餐饮', 33, 1796243200000);
INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES
    (33, 50, '先交变更登记申请书', 1796243200000);
INSERT INTO room_reads (account, room, upto) VALUES
    ('v17', 'g:17', 33);
INSERT INTO wishes (question_id, channel, account, at, told_at) VALUES
    (50, 'web', 'v17b', 1796243200000, NULL);
INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES
    ('disk17', 1796243200000, 125000, 1796243200000, NULL, 1);
INSERT INTO switched_off (channel, group_id, reason, at) VALUES
    ('telegram', 17, '清单有误，正在核对', 1796243200000);
INSERT INTO board_hours (at, bureau_id, asked, sure, unsolved, handed, replied) VALUES
    (1796243200000, 17, 3, 2, 1, 2, 1);
INSERT INTO board_entries (at, bureau_id, entry_id, asked) VALUES
    (1796243200000, 17, 'change-017', 2);
INSERT INTO board_days (at, made_at) VALUES
    (1796243200000, 1796243200000);
INSERT INTO samples (week, pool, at) VALUES
    ('2026-11-17', 2, 1796243200000);
INSERT INTO sample_items (question_id, week, bureau_id, entry_id, revision, verdict, judged_by, judged_at) VALUES
    (49, '2026-11-17', 17, 'change-017', 1, 'wrong', 33, 1796243200000),
    (51, '2026-11-17', 17, 'change-017', 1, NULL, NULL, NULL);
INSERT INTO digests (person_id, bureau_id, week, at) VALUES
    (33, 17, '2026-11-17', 1796243200000);
INSERT INTO digests_off (person_id, at) VALUES
    (34, 1796243200000);
INSERT INTO courses (question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at, rating, review_due, review_done, marks) VALUES
    (49, 17, 1796243200000, 1796243200002, 1796243260000, 1796243320000, 33, 33, 1796244100000, 2, 1796342200000, NULL, 36883);
INSERT INTO reported (month, bureau_id, figure, value, by_person, at) VALUES
    ('2026-11', 17, '办理量', 1417, 33, 1796243200000);
