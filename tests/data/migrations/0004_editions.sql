-- More rows, as a program of step 4 left them, invented: 禹州市局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:4', 2);
UPDATE counters SET value = 4 WHERE name = 'bureaus';
UPDATE counters SET value = 4 WHERE name = 'offices';
UPDATE counters SET value = 8 WHERE name = 'people';
UPDATE counters SET value = 4 WHERE name = 'roster';
UPDATE counters SET value = 4 WHERE name = 'groups';
UPDATE counters SET value = 12 WHERE name = 'questions';
UPDATE counters SET value = 8 WHERE name = 'rooms';
UPDATE counters SET value = 4 WHERE name = 'lexicons';
UPDATE counters SET value = 4 WHERE name = 'faq';
UPDATE counters SET value = 40 WHERE name = 'duty_changes';
UPDATE counters SET value = 4000000 WHERE name = 'ids';
UPDATE counters SET value = 6 WHERE name = 'audit';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (4, '禹州市局', 0, '"always"', '["禹州"]', 4, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (4, 4, '禹州窗口', 'window', '示例路 4 号', '0374-0000004', 4, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (7, 4, 4, '刘洋', 'helper', '13900000007', '0374-0000107', '["bureau_admin"]', 1, '2018-07-25', NULL, 7, 1),
    (8, 4, 4, '吴琳', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 8, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (4, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[7]]', 4);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (41, 7, 1786917000000, 1787002000000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (42, 7, 8, 1786917000000, 1787002000000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's4', 7, 1786912000000),
    ('telegram', '700000004', 7, 1786912000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('35f3f4023f8b6750e96a2ac5b08341cfd8345ca713e9e0f10e6c593bdfef5f75', 7, 1786998400000, 1786912060000),
    ('c137db7d6dea24e005a9ef81ec8e78cbbee552e2aa28a0a4bed7a8dddd68f71b', 8, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('12f8cd4fc364839698c00d2817750cb123973d96902721ba3801549f87363960', 's4', '', 7, 1786912000000, 1786912060000),
    ('85edf713924feb486adf6727057f021ef3b46c3b561cc42119d9befdebb2df8b', 'v4', '阳光餐饮', NULL, 1786912000000, 1786912050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (4, 'web', 'g:4', '禹州市局帮办群', 4, 'help', 'member', NULL, 1786912000000, '{"all":"auto","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v4', 'u:v4', 1786912000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (10, 2, 'web', 'v4', '阳光餐饮', 4, 4, NULL, '7', '股东是外地人要到现场吗？', '[]', NULL, 7, 'ended', '{"Ended":{"how":"Solved","at":1786912900000,"by":7}}', NULL, 1786912000000, 1786912000500, 1786912900000, 7),
    (11, 3, 'web', 'v4', '阳光餐饮', 4, 4, NULL, '911', '电子营业执照在哪里下载？', '[]', 4, 7, 'replied', '{"Replied":{"by":7,"until":1786921000000}}', 1786921000001, 1786912001000, 1786912001500, NULL, 7),
    (12, 4, 'web', 'v4', '阳光餐饮', 4, 4, NULL, '912', '分公司负责人换了要办什么？', '[{"kind":"Picture","reference":"pic-4"}]', NULL, NULL, 'waiting', '{"Waiting":{"duty":7,"since":1786912050000,"rung":"remind"}}', 1786921000002, 1786912002000, 1786912002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (4000001, 10, 1786912000000, 'asked', NULL, ''),
    (4000002, 10, 1786912000001, 'answered', NULL, 'change-004·1'),
    (4000003, 10, 1786912000002, 'handed_over', 7, ''),
    (4000004, 10, 1786912060000, 'claimed', 7, ''),
    (4000005, 10, 1786912120000, 'replied', 7, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (4000006, 10, 1786912900000, 'solved', NULL, ''),
    (4000007, 11, 1786912001000, 'asked', NULL, ''),
    (4000008, 11, 1786912001001, 'handed_over', 7, ''),
    (4000009, 11, 1786912060000, 'claimed', 7, ''),
    (4000010, 11, 1786912090000, 'replied', 7, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (4000011, 12, 1786912002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:4', '7', 10, 'ask', NULL, NULL),
    ('web', 'g:4', '8', 10, 'answer', NULL, NULL),
    ('web', 'g:4', '911', 11, 'ask', NULL, NULL),
    ('web', 'g:4', '961', 11, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4804', 'web', 'g:4', 11, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (4000001, 'web', 'm:g:4:7', 'web g:4', '', 'handled', 0, NULL, 1786912000000, 1786912000005),
    (4000002, 'web', 'm:g:4:108', 'web g:4', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1786912000009, NULL),
    (4000003, 'web', 'm:g:4:x', 'web g:4', '{}', 'aside', 3, 'no such message', 1786912000010, 1786912000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (4000001, 'web', 'g:4', NULL, 'g:4', 10, 'answer', '{"Message":{"text":[{"Bold":"Q10"},{"Plain":"已经答复。"}],"buttons":[],"quote":"7","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1786912000000, NULL, NULL, '8', NULL, 1786912000000, 1786912000003),
    (4000002, 'web', 'g:4', NULL, 'g:4', 11, 'card', '{"Message":{"text":[{"Bold":"Q11"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4804"}]],"quote":"911","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1786912000004, NULL, NULL, NULL, NULL, 1786912000004, NULL),
    (4000003, 'web', 'g:4', NULL, 'g:4', 11, 'line', '{"Message":{"text":[{"Bold":"Q11"},{"Plain":"请稍等。"}],"buttons":[],"quote":"911","ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1786912030000, NULL, NULL, NULL, 'timed out', 1786912000005, NULL),
    (4000004, 'telegram', '-1004', NULL, '-1004', 10, 'notice', '{"Message":{"text":[{"Bold":"Q10"},{"Plain":"已转办。"}],"buttons":[],"quote":"7","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1786912000000, NULL, NULL, NULL, 'not enough rights', 1786912000000, 1786912000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1004', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram 4', 'host:4004', 1786912060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-07-10', 4, 'chatter', 14);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v4', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (7, 'g:4', 7, 'v4', '阳光餐饮', '', '{"text":[{"Plain":"股东是外地人要到现场吗？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1786912000000),
    (8, 'g:4', 8, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 7, 0, 0, 4000001, 1786912000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-4', 'g:4', 'image/png', 'pic-4.png', 1786912000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES
    ('change-004', 4, 2, '变更', '2351aa422d6bdddf2c439428b9bdf8de2543b126eea823ed49c4fa4cdc9f0305', 1);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-004', 1, '{"id":"change-004","no":4,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"股东是外地人要到现场吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1786912000001),
    ('change-004', 2, '{"id":"change-004","no":4,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"股东是外地人要到现场吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1786912000002);
INSERT INTO lexicons (id, body, at) VALUES
    (4, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1786912000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:4', '[{"at":1786912000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (43, 7, 8, 1786912000000, 1786912001000, 1786912002000, 1786912003000);
INSERT INTO ratings (question_id, level, at) VALUES
    (10, 2, 1786912950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (10, 1786912950000, 1787011000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (5, 1786912000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'adc83242fa1831bcd39ce7521718be881ed27c22d3a0af723236fc855c6c9700', '73346b4cb22b42b2d4139879eff9aeba5aeb71e98181da4eaa65f3043af63d39'),
    (6, 1786912000900, 7, 'claimed', 'Q10', '', '73346b4cb22b42b2d4139879eff9aeba5aeb71e98181da4eaa65f3043af63d39', 'e47b84c8e5a92eb60ce5ccf52c37c039d5c95be716e2e35af0c6a73368de3b2c');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (4000001, 'change-004', 1, 10, 7, '这条说的是公司，合伙企业不一样。', '电子营业执照在哪里下载？', 1786912000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-004', 2, 10, 1786912901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (1, '{"number":1,"issuer":"示例市市场监督管理局","date":"2026-08-01","items":[{"id":"change-004","no":4,"revision":2,"topic":"变更","applies_to":["企业"],"question":"股东是外地人要到现场吗？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"禹州市局","address":"示例路 4 号","landline":"0374-0000004","hours":"工作日 9:00–17:00"}]}', 'operator', 1786912000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (4, 1786912000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (1, 4, 1786912000001);
