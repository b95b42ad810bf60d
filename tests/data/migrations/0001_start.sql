-- Rows as a program of step 1 left them, invented: 市局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:1', 2),
    ('bureaus', 1),
    ('offices', 1),
    ('people', 2),
    ('roster', 1),
    ('groups', 1),
    ('questions', 3),
    ('rooms', 2),
    ('lexicons', 1),
    ('faq', 1),
    ('ids', 1000000),
    ('duty_changes', 2);
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (1, '市局', 1, '"always"', '[]', 1, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (1, 1, '注册科', 'window', '示例路 1 号', '0374-0000001', 1, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (1, 1, 1, '王敏', 'helper', '13900000001', '0374-0000101', '["bureau_admin"]', 1, '2018-07-25', NULL, 1, 1),
    (2, 1, 1, '赵岩', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 2, 1);
INSERT INTO duty_rows (bureau_id, position, body) VALUES
    (1, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[1]]');
INSERT INTO leaves (id, person_id, from_at, until_at) VALUES
    (11, 1, 1781733000000, 1781818000000);
INSERT INTO covers (id, of_person, by_person, from_at, until_at) VALUES
    (12, 1, 2, 1781733000000, 1781818000000);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's1', 1, 1781728000000),
    ('telegram', '700000001', 1, 1781728000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('619f9dcb950f445c74b5a7ec6258532bb38261be0343ff3f590bc17a4e6ee019', 1, 1781814400000, 1781728060000),
    ('af4e1e0096a03eba5df442b1031615b2ab937c08b96211af5bccef95cb37f6be', 2, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('7a10ddd6f0e4e5e6094f2ae8be66ff45ec26d40a6b137ae35363c6b161b12d75', 's1', '', 1, 1781728000000, 1781728060000),
    ('5f75b7f00bf1d8e83829eafe8e43ab4d47ed62fe8b6d3342423ea05bcf2e2737', 'v1', '阳光餐饮', NULL, 1781728000000, 1781728050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at) VALUES
    (1, 'web', 'g:1', '市局帮办群', 1, 'help', 'member', 1781728000000, 1781728000000);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v1', 'u:v1', 1781728000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at) VALUES
    (1, 2, 'web', 'v1', '阳光餐饮', 1, 1, NULL, '1', '变更法定代表人要哪些材料？', '[]', NULL, 1, 'ended', '{"Ended":{"how":"Solved","at":1781728900000,"by":1}}', NULL, 1781728000000, 1781728000500, 1781728900000),
    (2, 3, 'web', 'v1', '阳光餐饮', 1, 1, NULL, '902', '两家公司合并，登记先办哪一家？', '[]', 1, 1, 'claimed', '{"Claimed":{"by":1,"at":1781728060000,"nudge":"none"}}', 1781737000001, 1781728001000, 1781728001500, NULL),
    (3, 4, 'web', 'v1', '阳光餐饮', 1, 1, NULL, '903', '营业执照丢了怎么补？', '[{"kind":"Picture","reference":"pic-1"}]', NULL, NULL, 'waiting', '{"Waiting":{"duty":1,"since":1781728050000,"rung":"remind"}}', 1781737000002, 1781728002000, 1781728002500, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (1000001, 1, 1781728000000, 'asked', NULL, ''),
    (1000002, 1, 1781728000001, 'answered', NULL, 'change-001·1'),
    (1000003, 1, 1781728000002, 'handed_over', 1, ''),
    (1000004, 1, 1781728060000, 'claimed', 1, ''),
    (1000005, 1, 1781728120000, 'replied', 1, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (1000006, 1, 1781728900000, 'solved', NULL, ''),
    (1000007, 2, 1781728001000, 'asked', NULL, ''),
    (1000008, 2, 1781728001001, 'handed_over', 1, ''),
    (1000009, 2, 1781728060000, 'claimed', 1, ''),
    (1000011, 3, 1781728002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:1', '1', 1, 'ask', NULL, NULL),
    ('web', 'g:1', '2', 1, 'answer', NULL, NULL),
    ('web', 'g:1', '902', 2, 'ask', NULL, NULL),
    ('web', 'g:1', '952', 2, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4801', 'web', 'g:1', 2, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (1000001, 'web', 'm:g:1:1', 'web g:1', '', 'handled', 0, NULL, 1781728000000, 1781728000005),
    (1000002, 'web', 'm:g:1:102', 'web g:1', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1781728000009, NULL),
    (1000003, 'web', 'm:g:1:x', 'web g:1', '{}', 'aside', 3, 'no such message', 1781728000010, 1781728000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (1000001, 'web', 'g:1', NULL, 'g:1', 1, 'answer', '{"Message":{"text":[{"Bold":"Q1"},{"Plain":"已经答复。"}],"buttons":[],"quote":"1","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1781728000000, NULL, NULL, '2', NULL, 1781728000000, 1781728000003),
    (1000002, 'web', 'g:1', NULL, 'g:1', 2, 'card', '{"Message":{"text":[{"Bold":"Q2"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4801"}]],"quote":"902","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1781728000004, NULL, NULL, NULL, NULL, 1781728000004, NULL),
    (1000003, 'web', 'g:1', NULL, 'g:1', 2, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q2"},{"Plain":"请稍等。"}],"buttons":[]}}', 1000002, 'waiting', 1, 1, 0, 1781728030000, NULL, NULL, NULL, 'timed out', 1781728000005, NULL),
    (1000004, 'telegram', '-1001', NULL, '-1001', 1, 'notice', '{"Message":{"text":[{"Bold":"Q1"},{"Plain":"已转办。"}],"buttons":[],"quote":"1","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1781728000000, NULL, NULL, NULL, 'not enough rights', 1781728000000, 1781728000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1001', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram', 'host:4001', 1781728060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-04-10', 1, 'chatter', 11);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v1', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (1, 'g:1', 1, 'v1', '阳光餐饮', '', '{"text":[{"Plain":"变更法定代表人要哪些材料？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1781728000000),
    (2, 'g:1', 2, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 1, 0, 0, 1000001, 1781728000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-1', 'g:1', 'image/png', 'pic-1.png', 1781728000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES
    ('change-001', 1, 2, '变更', 'a8e1776584a85cc42b07c3852ba3991dcc68651c69ee859907e12ffe5bf0467a', 1);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-001', 1, '{"id":"change-001","no":1,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"变更法定代表人要哪些材料？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1781728000001),
    ('change-001', 2, '{"id":"change-001","no":1,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"变更法定代表人要哪些材料？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1781728000002);
INSERT INTO lexicons (id, body, at) VALUES
    (1, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1781728000000);
INSERT INTO notes (name, text) VALUES
    ('city', '示例市'),
    ('sample_city', 'no');
