-- More rows, as a program of step 18 left them, invented: 南湾县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:18', 2);
UPDATE counters SET value = 12 WHERE name = 'writers';
UPDATE counters SET value = 18 WHERE name = 'bureaus';
UPDATE counters SET value = 18 WHERE name = 'offices';
UPDATE counters SET value = 36 WHERE name = 'people';
UPDATE counters SET value = 18 WHERE name = 'roster';
UPDATE counters SET value = 18 WHERE name = 'groups';
UPDATE counters SET value = 54 WHERE name = 'questions';
UPDATE counters SET value = 36 WHERE name = 'rooms';
UPDATE counters SET value = 18 WHERE name = 'lexicons';
UPDATE counters SET value = 18 WHERE name = 'faq';
UPDATE counters SET value = 180 WHERE name = 'duty_changes';
UPDATE counters SET value = 34 WHERE name = 'audit';
UPDATE counters SET value = 13 WHERE name = 'clusters';
UPDATE counters SET value = 13 WHERE name = 'disputes';
UPDATE counters SET value = 13 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (18, '南湾县局', 0, '"always"', '["南湾"]', 18, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (18, 18, '南湾窗口', 'window', '示例路 18 号', '0374-0000018', 18, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (35, 18, 18, '示例申', 'helper', '13900000035', '0374-0000135', '["bureau_admin"]', 1, '2018-07-25', NULL, 35, 1),
    (36, 18, 18, '示例酉', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 36, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (18, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[35]]', 18);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (181, 35, 1796334600000, 1796419600000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (182, 35, 36, 1796334600000, 1796419600000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's18', 35, 1796329600000),
    ('telegram', '700000018', 35, 1796329600001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('260ac1bc9f729ae75ecbeaab94d1efa793e022aa17ba84fba907bfd01876d469', 35, 1796416000000, 1796329660000),
    ('b232891ee5c2190483ac34cbaca9eec8c9e87a4da90a5eabb242e335fadd5854', 36, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('cf67c7d07045a1934ecad3713be4010885d858951f1aee009754082916acf276', 's18', '', 35, 1796329600000, 1796329660000, '203.0.113.18'),
    ('560864aa5c3be684723ef83434bee44512680b48ca700e8f81496be388a8632a', 'v18', '阳光餐饮', NULL, 1796329600000, 1796329650000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (18, 'web', 'g:18', '南湾县局帮办群', 18, 'help', 'member', 1796329600000, 1796329600000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v18', 'u:v18', 1796329600000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (52, 2, 'web', 'v18', '阳光餐饮', 18, 18, NULL, '35', '住所是租的，要交什么证明？', '[]', NULL, 35, 'ended', '{"Ended":{"how":"Solved","at":1796330500000,"by":35}}', NULL, 1796329600000, 1796329600500, 1796330500000, 35),
    (53, 3, 'web', 'v18', '阳光餐饮', 18, 18, NULL, '1826', '法定代表人人脸识别过不去。', '[]', 18, 35, 'claimed', '{"Claimed":{"by":35,"at":1796329660000,"nudge":"warned","offered":null}}', 1796338600001, 1796329601000, 1796329601500, NULL, 35),
    (54, 4, 'web', 'v18', '阳光餐饮', 18, 18, NULL, '1827', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-18"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-018","revision":1},"until":1796338600000}}', 1796338600002, 1796329602000, 1796329602500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715962583395329, 52, 1796329600000, 'asked', NULL, ''),
    (383715962587590657, 52, 1796329600001, 'answered', NULL, 'change-018·1'),
    (383715962591785985, 52, 1796329600002, 'handed_over', 35, ''),
    (383715962595981313, 52, 1796329660000, 'claimed', 35, ''),
    (383715962600176641, 52, 1796329720000, 'replied', 35, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715962604371969, 52, 1796330500000, 'solved', NULL, ''),
    (383715962608567297, 53, 1796329601000, 'asked', NULL, ''),
    (383715962612762625, 53, 1796329601001, 'handed_over', 35, ''),
    (383715962616957953, 53, 1796329660000, 'claimed', 35, ''),
    (383715962625348609, 54, 1796329602000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:18', '35', 52, 'ask', NULL, NULL, 1),
    ('web', 'g:18', '36', 52, 'answer', NULL, NULL, 2),
    ('web', 'g:18', '1826', 53, 'ask', NULL, NULL, 3),
    ('web', 'g:18', '1876', 53, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4818', 'web', 'g:18', 53, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715962583395329, 'web', 'm:g:18:13', 'web g:18', '', 'handled', 0, NULL, 1796329600000, 1796329600005),
    (383715962587590657, 'web', 'm:g:18:114', 'web g:18', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1796329600009, NULL),
    (383715962591785985, 'web', 'm:g:18:x', 'web g:18', '{}', 'aside', 3, 'no such message', 1796329600010, 1796329600011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715962583395329, 'web', 'g:18', NULL, 'g:18', 52, 'answer', '{"Message":{"text":[{"Bold":"Q52"},{"Plain":"已经答复。"}],"buttons":[],"quote":"35","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1796329600000, NULL, NULL, '36', NULL, 1796329600000, 1796329600003, 0),
    (383715962587590657, 'web', 'g:18', NULL, 'g:18', 53, 'card', '{"Message":{"text":[{"Bold":"Q53"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4818"}]],"quote":"1826","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1796329600004, NULL, NULL, NULL, NULL, 1796329600004, NULL, 0),
    (383715962591785985, 'web', 'g:18', NULL, 'g:18', 53, 'line', '{"Message":{"text":[{"Bold":"Q53"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1826","whom":null,"ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1796329630000, NULL, NULL, NULL, 'timed out', 1796329600005, NULL, 0),
    (383715962595981313, 'telegram', '-1018', NULL, '-1018', 52, 'notice', '{"Message":{"text":[{"Bold":"Q52"},{"Plain":"已转办。"}],"buttons":[],"quote":"35","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1796329600000, NULL, NULL, NULL, 'not enough rights', 1796329600000, 1796329600006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:18', 1796329600000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1018', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 18, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v18', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (35, 'g:18', 35, 'v18', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1796329600000, '82e5c262b0f0c8088438fd83d5507b7e492524b9b748570481bc5818c371a40d'),
    (36, 'g:18', 36, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 35, 0, 0, 383715962583395329, 1796329600003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-18', 'g:18', 'image/png', 'pic-18.png', 1796329600000, 'v18', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-018', 18, 2, '变更', 'd4b1c2a231360954edfbefc63756c6c8702da518d8db16627cdd9dd903b3115e', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-018', 1, '{"id":"change-018","no":18,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796329600001),
    ('change-018', 2, '{"id":"change-018","no":18,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796329600002);
INSERT INTO lexicons (id, body, at) VALUES
    (18, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1796329600000);
INSERT INTO notes (name, text) VALUES
    ('submissions:18', '[{"at":1796329600000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (183, 35, 36, 1796329600000, 1796329601000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (52, 2, 1796330550000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (52, 1796330550000, 1796428600000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (33, 1796329600000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '1381d6e892bb954c8794df4f85ac74093777f99d745bd645d52453fd20ee9f84', '7bdf31f5017bb98a4b59f793c6cee21e31f1b8ef22fe8cd61c52017fc9c8d27c'),
    (34, 1796329600900, 35, 'claimed', 'Q52', '', '7bdf31f5017bb98a4b59f793c6cee21e31f1b8ef22fe8cd61c52017fc9c8d27c', 'aa44f8336ea048265aab0d87cdd54c03d9752af8e38c8d32331beb6630d37a7e');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715962583395329, 'change-018', 1, 52, 35, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1796329600800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-018', 2, 52, 1796330501000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (15, '{"number":15,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-018","no":18,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"南湾县局","address":"示例路 18 号","landline":"0374-0000018","hours":"工作日 9:00–17:00"}]}', 'operator', 1796329600000);
INSERT INTO edition_readers (group_id, at) VALUES
    (18, 1796329600000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (15, 18, 1796329600001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (15, 1, 1, '[{"title":"常见问题清单第15期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1796329600099}', '示例申', 3, 9223372036854775807, 0, '', 1796329600000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 18', 'media-18', 1796329600000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 18', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1796329600000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (13, '合伙企业变更', 'drafted', '', 13, 1796329600005, 1796329600000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (52, 13, 'answered', 'change-018'),
    (53, 13, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (13, 13, 'time_limit', 52, '三个工作日', 53, '五个工作日', 1796329600000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (13, 2, 'change-018', 13, '[35]', '{"Edit":{"base":2,"entry":{"id":"change-018","no":18,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1796329600000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715962583395329, 'change-018', '条例修订', 1796329600000, 1796416000000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('南湾县局', 'window.hours', '工作日 9:00–17:00', 1796329600000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (52, 'drafted', 13),
    (54, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 18', 'example-18', 2, 1796329606000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v18', '阳光餐饮', 35, 1796329600000);
INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES
    (35, 53, '先交变更登记申请书', 1796329600000);
INSERT INTO room_reads (account, room, upto) VALUES
    ('v18', 'g:18', 35);
INSERT INTO wishes (question_id, channel, account, at, told_at) VALUES
    (53, 'web', 'v18b', 1796329600000, NULL);
INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES
    ('disk18', 1796329600000, 125000, 1796329600000, NULL, 1);
INSERT INTO switched_off (channel, group_id, reason, at) VALUES
    ('telegram', 18, '清单有误，正在核对', 1796329600000);
INSERT INTO board_hours (at, bureau_id, asked, sure, unsolved, handed, replied) VALUES
    (1796329600000, 18, 3, 2, 1, 2, 1);
INSERT INTO board_entries (at, bureau_id, entry_id, asked) VALUES
    (1796329600000, 18, 'change-018', 2);
INSERT INTO board_days (at, made_at) VALUES
    (1796329600000, 1796329600000);
INSERT INTO samples (week, pool, at) VALUES
    ('2026-11-18', 2, 1796329600000);
INSERT INTO sample_items (question_id, week, bureau_id, entry_id, revision, verdict, judged_by, judged_at) VALUES
    (52, '2026-11-18', 18, 'change-018', 1, 'wrong', 35, 1796329600000),
    (54, '2026-11-18', 18, 'change-018', 1, NULL, NULL, NULL);
INSERT INTO digests (person_id, bureau_id, week, at) VALUES
    (35, 18, '2026-11-18', 1796329600000);
INSERT INTO digests_off (person_id, at) VALUES
    (36, 1796329600000);
INSERT INTO courses (question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at, rating, review_due, review_done, marks) VALUES
    (52, 18, 1796329600000, 1796329600002, 1796329660000, 1796329720000, 35, 35, 1796330500000, 2, 1796428600000, NULL, 36883);
INSERT INTO reported (month, bureau_id, figure, value, by_person, at) VALUES
    ('2026-12', 18, '办理量', 1524, 35, 1796329600000);
INSERT INTO bulletins (id, month, number, phase, version, words, figures, written_by, drafted_at, issued_by, issued_at) VALUES
    (18, '2026-11', NULL, 'heard', 2, '{"opening":"现将情况通报如下。","overall":"全市提问 1 个。","ranking":"只列不排。","praise":"不单独表彰。","criticism":"没有需要通报批评的单位。","demands":"请按时答复。"}', '{"month":"2026-11","said":"2026年11月","at":1796329600000,"columns":[{"key":"asked","name":"提问","unit":"个"}],"ranked":"按时率","city":["1"],"lines":[],"differ":false}', 35, 1796329600000, NULL, NULL);
INSERT INTO objections (id, bulletin_id, bureau_id, by_person, words, at, taken, reason, decided_by, decided_at) VALUES
    (18, 18, 18, 35, '有一个问题算错了单位', 1796329600000, NULL, '', NULL, NULL);
