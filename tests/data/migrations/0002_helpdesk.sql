-- More rows, as a program of step 2 left them, invented: 魏都分局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:2', 2),
    ('audit', 2);
UPDATE counters SET value = 2 WHERE name = 'bureaus';
UPDATE counters SET value = 2 WHERE name = 'offices';
UPDATE counters SET value = 4 WHERE name = 'people';
UPDATE counters SET value = 2 WHERE name = 'roster';
UPDATE counters SET value = 2 WHERE name = 'groups';
UPDATE counters SET value = 6 WHERE name = 'questions';
UPDATE counters SET value = 4 WHERE name = 'rooms';
UPDATE counters SET value = 2 WHERE name = 'lexicons';
UPDATE counters SET value = 2 WHERE name = 'faq';
UPDATE counters SET value = 20 WHERE name = 'duty_changes';
UPDATE counters SET value = 2000000 WHERE name = 'ids';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (2, '魏都分局', 0, '"always"', '["魏都"]', 2, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (2, 2, '魏都窗口', 'window', '示例路 2 号', '0374-0000002', 2, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (3, 2, 2, '李强', 'helper', '13900000003', '0374-0000103', '["bureau_admin"]', 1, '2018-07-25', NULL, 3, 1),
    (4, 2, 2, '周红', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 4, 1);
INSERT INTO duty_rows (bureau_id, position, body) VALUES
    (2, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[3]]');
INSERT INTO leaves (id, person_id, from_at, until_at) VALUES
    (21, 3, 1783461000000, 1783546000000);
INSERT INTO covers (id, of_person, by_person, from_at, until_at) VALUES
    (22, 3, 4, 1783461000000, 1783546000000);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's2', 3, 1783456000000),
    ('telegram', '700000002', 3, 1783456000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('9510b8871e3288d95fb68259f6320a0cbd5c2e27917e7cbf07e4bf5de173b874', 3, 1783542400000, 1783456060000),
    ('335438933d2f8a466952a8110f95e6b4cdc3e0080953560912bc07c21f98c68c', 4, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('2b70d3877002ac6f3c944e5abf86b1101456510071950633122672bc7c8f3d34', 's2', '', 3, 1783456000000, 1783456060000),
    ('91795f0000a0476b16b28253110f6a06e5dceab92b0b82539111fff65fe42cfe', 'v2', '阳光餐饮', NULL, 1783456000000, 1783456050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (2, 'web', 'g:2', '魏都分局帮办群', 2, 'help', 'member', NULL, 1783456000000, '{"all":"mention","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v2', 'u:v2', 1783456000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (4, 2, 'web', 'v2', '阳光餐饮', 2, 2, NULL, '3', '个体工商户怎么注销？', '[]', NULL, 3, 'ended', '{"Ended":{"how":"Solved","at":1783456900000,"by":3}}', NULL, 1783456000000, 1783456000500, 1783456900000, 3),
    (5, 3, 'web', 'v2', '阳光餐饮', 2, 2, NULL, '905', '个转企以后字号还能用吗？', '[]', 2, 3, 'replied', '{"Replied":{"by":3,"until":1783465000000}}', 1783465000001, 1783456001000, 1783456001500, NULL, 3),
    (6, 4, 'web', 'v2', '阳光餐饮', 2, 2, NULL, '906', '经营范围写不下怎么办？', '[{"kind":"Picture","reference":"pic-2"}]', NULL, NULL, 'suggested', '{"Suggested":{"choices":["change-002"],"until":1783465000000}}', 1783465000002, 1783456002000, 1783456002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (2000001, 4, 1783456000000, 'asked', NULL, ''),
    (2000002, 4, 1783456000001, 'answered', NULL, 'change-002·1'),
    (2000003, 4, 1783456000002, 'handed_over', 3, ''),
    (2000004, 4, 1783456060000, 'claimed', 3, ''),
    (2000005, 4, 1783456120000, 'replied', 3, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (2000006, 4, 1783456900000, 'solved', NULL, ''),
    (2000007, 5, 1783456001000, 'asked', NULL, ''),
    (2000008, 5, 1783456001001, 'handed_over', 3, ''),
    (2000009, 5, 1783456060000, 'claimed', 3, ''),
    (2000010, 5, 1783456090000, 'replied', 3, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (2000011, 6, 1783456002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:2', '3', 4, 'ask', NULL, NULL),
    ('web', 'g:2', '4', 4, 'answer', NULL, NULL),
    ('web', 'g:2', '905', 5, 'ask', NULL, NULL),
    ('web', 'g:2', '955', 5, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4802', 'web', 'g:2', 5, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (2000001, 'web', 'm:g:2:3', 'web g:2', '', 'handled', 0, NULL, 1783456000000, 1783456000005),
    (2000002, 'web', 'm:g:2:104', 'web g:2', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1783456000009, NULL),
    (2000003, 'web', 'm:g:2:x', 'web g:2', '{}', 'aside', 3, 'no such message', 1783456000010, 1783456000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (2000001, 'web', 'g:2', NULL, 'g:2', 4, 'answer', '{"Message":{"text":[{"Bold":"Q4"},{"Plain":"已经答复。"}],"buttons":[],"quote":"3","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1783456000000, NULL, NULL, '4', NULL, 1783456000000, 1783456000003),
    (2000002, 'web', 'g:2', NULL, 'g:2', 5, 'card', '{"Message":{"text":[{"Bold":"Q5"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4802"}]],"quote":"905","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1783456000004, NULL, NULL, NULL, NULL, 1783456000004, NULL),
    (2000003, 'web', 'g:2', NULL, 'g:2', 5, 'line', '{"Message":{"text":[{"Bold":"Q5"},{"Plain":"请稍等。"}],"buttons":[],"quote":"905","ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1783456030000, NULL, NULL, NULL, 'timed out', 1783456000005, NULL),
    (2000004, 'telegram', '-1002', NULL, '-1002', 4, 'notice', '{"Message":{"text":[{"Bold":"Q4"},{"Plain":"已转办。"}],"buttons":[],"quote":"3","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1783456000000, NULL, NULL, NULL, 'not enough rights', 1783456000000, 1783456000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1002', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram 2', 'host:4002', 1783456060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-05-10', 2, 'chatter', 12);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v2', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (3, 'g:2', 3, 'v2', '阳光餐饮', '', '{"text":[{"Plain":"个体工商户怎么注销？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1783456000000),
    (4, 'g:2', 4, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 3, 0, 0, 2000001, 1783456000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-2', 'g:2', 'image/png', 'pic-2.png', 1783456000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES
    ('change-002', 2, 2, '变更', '690396b0e760bb1a655c81fe146dd04fdd7ed9686a1916cf90e4c223914ae917', 1);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-002', 1, '{"id":"change-002","no":2,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"个体工商户怎么注销？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1783456000001),
    ('change-002', 2, '{"id":"change-002","no":2,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"个体工商户怎么注销？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1783456000002);
INSERT INTO lexicons (id, body, at) VALUES
    (2, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1783456000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:2', '[{"at":1783456000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (23, 3, 4, 1783456000000, 1783456001000, 1783456002000, 1783456003000);
INSERT INTO ratings (question_id, level, at) VALUES
    (4, 2, 1783456950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (4, 1783456950000, 1783555000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (1, 1783456000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '', '542b87030386b9a9381d00fd80a76d67b38bad3083316b9d68469b0025a5a3c8'),
    (2, 1783456000900, 3, 'claimed', 'Q4', '', '542b87030386b9a9381d00fd80a76d67b38bad3083316b9d68469b0025a5a3c8', 'dc1dccd5d7147c7f060a4d4e139dcd59ee44af2e1173b6ce3e4a3bbf3e0800c7');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (2000001, 'change-002', 1, 4, 3, '这条说的是公司，合伙企业不一样。', '个转企以后字号还能用吗？', 1783456000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-002', 2, 4, 1783456901000, NULL);
