-- More rows, as a program of step 3 left them, invented: 建安分局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:3', 2);
UPDATE counters SET value = 3 WHERE name = 'bureaus';
UPDATE counters SET value = 3 WHERE name = 'offices';
UPDATE counters SET value = 6 WHERE name = 'people';
UPDATE counters SET value = 3 WHERE name = 'roster';
UPDATE counters SET value = 3 WHERE name = 'groups';
UPDATE counters SET value = 9 WHERE name = 'questions';
UPDATE counters SET value = 6 WHERE name = 'rooms';
UPDATE counters SET value = 3 WHERE name = 'lexicons';
UPDATE counters SET value = 3 WHERE name = 'faq';
UPDATE counters SET value = 30 WHERE name = 'duty_changes';
UPDATE counters SET value = 3000000 WHERE name = 'ids';
UPDATE counters SET value = 4 WHERE name = 'audit';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (3, '建安分局', 0, '"always"', '["建安"]', 3, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (3, 3, '建安窗口', 'window', '示例路 3 号', '0374-0000003', 3, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (5, 3, 3, '陈静', 'helper', '13900000005', '0374-0000105', '["bureau_admin"]', 1, '2018-07-25', NULL, 5, 1),
    (6, 3, 3, '孙涛', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 6, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (3, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[5]]', 3);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (31, 5, 1785189000000, 1785274000000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (32, 5, 6, 1785189000000, 1785274000000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's3', 5, 1785184000000),
    ('telegram', '700000003', 5, 1785184000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('671eff170886aefdd733a7379053b0f3c1a2beb1b9f344edcfdd6fa9a5d44394', 5, 1785270400000, 1785184060000),
    ('584c43427421577ff8050bc7eec7b5d2ce4a92ccc0d6d226de063f064183e755', 6, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('dc462fbccb6172a331a4ca31499fc9554dcb4dcde4c3b9582512fc5feb00b3e5', 's3', '', 5, 1785184000000, 1785184060000),
    ('312a50a1524a076f10414c4ad3490a3b9a1667dc0eb8102b5ffca10778f00bec', 'v3', '阳光餐饮', NULL, 1785184000000, 1785184050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (3, 'web', 'g:3', '建安分局帮办群', 3, 'help', 'member', 1785184000000, 1785184000000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v3', 'u:v3', 1785184000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (7, 2, 'web', 'v3', '阳光餐饮', 3, 3, NULL, '5', '住所变更要重新刻章吗？', '[]', NULL, 5, 'ended', '{"Ended":{"how":"Solved","at":1785184900000,"by":5}}', NULL, 1785184000000, 1785184000500, 1785184900000, 5),
    (8, 3, 'web', 'v3', '阳光餐饮', 3, 3, NULL, '908', '合伙企业换执行事务合伙人怎么办？', '[]', 3, 5, 'claimed', '{"Claimed":{"by":5,"at":1785184060000,"nudge":"warned","offered":null}}', 1785193000001, 1785184001000, 1785184001500, NULL, 5),
    (9, 4, 'web', 'v3', '阳光餐饮', 3, 3, NULL, '909', '简易注销公告多久？', '[{"kind":"Picture","reference":"pic-3"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-003","revision":1},"until":1785193000000}}', 1785193000002, 1785184002000, 1785184002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (3000001, 7, 1785184000000, 'asked', NULL, ''),
    (3000002, 7, 1785184000001, 'answered', NULL, 'change-003·1'),
    (3000003, 7, 1785184000002, 'handed_over', 5, ''),
    (3000004, 7, 1785184060000, 'claimed', 5, ''),
    (3000005, 7, 1785184120000, 'replied', 5, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (3000006, 7, 1785184900000, 'solved', NULL, ''),
    (3000007, 8, 1785184001000, 'asked', NULL, ''),
    (3000008, 8, 1785184001001, 'handed_over', 5, ''),
    (3000009, 8, 1785184060000, 'claimed', 5, ''),
    (3000011, 9, 1785184002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:3', '5', 7, 'ask', NULL, NULL),
    ('web', 'g:3', '6', 7, 'answer', NULL, NULL),
    ('web', 'g:3', '908', 8, 'ask', NULL, NULL),
    ('web', 'g:3', '958', 8, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4803', 'web', 'g:3', 8, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (3000001, 'web', 'm:g:3:5', 'web g:3', '', 'handled', 0, NULL, 1785184000000, 1785184000005),
    (3000002, 'web', 'm:g:3:106', 'web g:3', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1785184000009, NULL),
    (3000003, 'web', 'm:g:3:x', 'web g:3', '{}', 'aside', 3, 'no such message', 1785184000010, 1785184000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (3000001, 'web', 'g:3', NULL, 'g:3', 7, 'answer', '{"Message":{"text":[{"Bold":"Q7"},{"Plain":"已经答复。"}],"buttons":[],"quote":"5","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1785184000000, NULL, NULL, '6', NULL, 1785184000000, 1785184000003),
    (3000002, 'web', 'g:3', NULL, 'g:3', 8, 'card', '{"Message":{"text":[{"Bold":"Q8"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4803"}]],"quote":"908","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1785184000004, NULL, NULL, NULL, NULL, 1785184000004, NULL),
    (3000003, 'web', 'g:3', NULL, 'g:3', 8, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q8"},{"Plain":"请稍等。"}],"buttons":[]}}', 3000002, 'waiting', 1, 1, 0, 1785184030000, NULL, NULL, NULL, 'timed out', 1785184000005, NULL),
    (3000004, 'telegram', '-1003', NULL, '-1003', 7, 'notice', '{"Message":{"text":[{"Bold":"Q7"},{"Plain":"已转办。"}],"buttons":[],"quote":"5","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1785184000000, NULL, NULL, NULL, 'not enough rights', 1785184000000, 1785184000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1003', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram 3', 'host:4003', 1785184060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-06-10', 3, 'chatter', 13);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v3', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (5, 'g:3', 5, 'v3', '阳光餐饮', '', '{"text":[{"Plain":"住所变更要重新刻章吗？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1785184000000),
    (6, 'g:3', 6, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 5, 0, 0, 3000001, 1785184000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-3', 'g:3', 'image/png', 'pic-3.png', 1785184000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES
    ('change-003', 3, 2, '变更', '40093ead2c5f20a05dfd08796e7f24d7b8ccf0b2345f71d0fdb80c493e331a07', 1);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-003', 1, '{"id":"change-003","no":3,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所变更要重新刻章吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1785184000001),
    ('change-003', 2, '{"id":"change-003","no":3,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所变更要重新刻章吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1785184000002);
INSERT INTO lexicons (id, body, at) VALUES
    (3, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1785184000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:3', '[{"at":1785184000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (33, 5, 6, 1785184000000, 1785184001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (7, 2, 1785184950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (7, 1785184950000, 1785283000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (3, 1785184000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'dc1dccd5d7147c7f060a4d4e139dcd59ee44af2e1173b6ce3e4a3bbf3e0800c7', 'c45c8c66ba8da7025fde82891a5bb10eee6cbc6d3223acd05f5ed2da951702e2'),
    (4, 1785184000900, 5, 'claimed', 'Q7', '', 'c45c8c66ba8da7025fde82891a5bb10eee6cbc6d3223acd05f5ed2da951702e2', 'adc83242fa1831bcd39ce7521718be881ed27c22d3a0af723236fc855c6c9700');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (3000001, 'change-003', 1, 7, 5, '这条说的是公司，合伙企业不一样。', '合伙企业换执行事务合伙人怎么办？', 1785184000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-003', 2, 7, 1785184901000, NULL);
