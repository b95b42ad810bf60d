-- More rows, as a program of step 5 left them, invented: 长葛市局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:5', 2);
UPDATE counters SET value = 5 WHERE name = 'bureaus';
UPDATE counters SET value = 5 WHERE name = 'offices';
UPDATE counters SET value = 10 WHERE name = 'people';
UPDATE counters SET value = 5 WHERE name = 'roster';
UPDATE counters SET value = 5 WHERE name = 'groups';
UPDATE counters SET value = 15 WHERE name = 'questions';
UPDATE counters SET value = 10 WHERE name = 'rooms';
UPDATE counters SET value = 5 WHERE name = 'lexicons';
UPDATE counters SET value = 5 WHERE name = 'faq';
UPDATE counters SET value = 50 WHERE name = 'duty_changes';
UPDATE counters SET value = 5000000 WHERE name = 'ids';
UPDATE counters SET value = 8 WHERE name = 'audit';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (5, '长葛市局', 0, '"always"', '["长葛"]', 5, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (5, 5, '长葛窗口', 'window', '示例路 5 号', '0374-0000005', 5, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (9, 5, 5, '郑伟', 'helper', '13900000009', '0374-0000109', '["bureau_admin"]', 1, '2018-07-25', NULL, 9, 1),
    (10, 5, 5, '冯雪', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 10, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (5, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[9]]', 5);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (51, 9, 1788645000000, 1788730000000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (52, 9, 10, 1788645000000, 1788730000000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's5', 9, 1788640000000),
    ('telegram', '700000005', 9, 1788640000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('a4213687f2988fa1796496f0e15d78d8a3c665f5362d62d7eda1aafa6645db97', 9, 1788726400000, 1788640060000),
    ('863b643dd9a6e5b63b937b2b7127932fe937a04a9cef4353a29e788bcc53b884', 10, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('5768f524be651809ba7c802e33c5d7f3147c887daabd4fe3b835b9603bc77b69', 's5', '', 9, 1788640000000, 1788640060000),
    ('7ea3be7864ab4b994f8393f289fdd7094648d968775776534da3c5ced34c43bd', 'v5', '阳光餐饮', NULL, 1788640000000, 1788640050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (5, 'web', 'g:5', '长葛市局帮办群', 5, 'help', 'member', 1788640000000, 1788640000000, '{"all":"observe","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v5', 'u:v5', 1788640000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (13, 2, 'web', 'v5', '阳光餐饮', 5, 5, NULL, '9', '注册资本要几年缴足？', '[]', NULL, 9, 'ended', '{"Ended":{"how":"Solved","at":1788640900000,"by":9}}', NULL, 1788640000000, 1788640000500, 1788640900000, 9),
    (14, 3, 'web', 'v5', '阳光餐饮', 5, 5, NULL, '914', '章程在哪里下载？', '[]', 5, 9, 'claimed', '{"Claimed":{"by":9,"at":1788640060000,"nudge":"warned","offered":null}}', 1788649000001, 1788640001000, 1788640001500, NULL, 9),
    (15, 4, 'web', 'v5', '阳光餐饮', 5, 5, NULL, '915', '公司名称总是不通过怎么办？', '[{"kind":"Picture","reference":"pic-5"}]', NULL, NULL, 'gathering', '{"Gathering":{"until":1788640040000}}', 1788649000002, 1788640002000, 1788640002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (5000001, 13, 1788640000000, 'asked', NULL, ''),
    (5000002, 13, 1788640000001, 'answered', NULL, 'change-005·1'),
    (5000003, 13, 1788640000002, 'handed_over', 9, ''),
    (5000004, 13, 1788640060000, 'claimed', 9, ''),
    (5000005, 13, 1788640120000, 'replied', 9, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (5000006, 13, 1788640900000, 'solved', NULL, ''),
    (5000007, 14, 1788640001000, 'asked', NULL, ''),
    (5000008, 14, 1788640001001, 'handed_over', 9, ''),
    (5000009, 14, 1788640060000, 'claimed', 9, ''),
    (5000011, 15, 1788640002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:5', '9', 13, 'ask', NULL, NULL),
    ('web', 'g:5', '10', 13, 'answer', NULL, NULL),
    ('web', 'g:5', '914', 14, 'ask', NULL, NULL),
    ('web', 'g:5', '964', 14, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4805', 'web', 'g:5', 14, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (5000001, 'web', 'm:g:5:9', 'web g:5', '', 'handled', 0, NULL, 1788640000000, 1788640000005),
    (5000002, 'web', 'm:g:5:110', 'web g:5', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1788640000009, NULL),
    (5000003, 'web', 'm:g:5:x', 'web g:5', '{}', 'aside', 3, 'no such message', 1788640000010, 1788640000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (5000001, 'web', 'g:5', NULL, 'g:5', 13, 'answer', '{"Message":{"text":[{"Bold":"Q13"},{"Plain":"已经答复。"}],"buttons":[],"quote":"9","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1788640000000, NULL, NULL, '10', NULL, 1788640000000, 1788640000003),
    (5000002, 'web', 'g:5', NULL, 'g:5', 14, 'card', '{"Message":{"text":[{"Bold":"Q14"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4805"}]],"quote":"914","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1788640000004, NULL, NULL, NULL, NULL, 1788640000004, NULL),
    (5000003, 'web', 'g:5', NULL, 'g:5', 14, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q14"},{"Plain":"请稍等。"}],"buttons":[]}}', 5000002, 'waiting', 1, 1, 0, 1788640030000, NULL, NULL, NULL, 'timed out', 1788640000005, NULL),
    (5000004, 'telegram', '-1005', NULL, '-1005', 13, 'notice', '{"Message":{"text":[{"Bold":"Q13"},{"Plain":"已转办。"}],"buttons":[],"quote":"9","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1788640000000, NULL, NULL, NULL, 'not enough rights', 1788640000000, 1788640000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1005', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram 5', 'host:4005', 1788640060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-08-10', 5, 'chatter', 15);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v5', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (9, 'g:5', 9, 'v5', '阳光餐饮', '', '{"text":[{"Plain":"注册资本要几年缴足？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1788640000000),
    (10, 'g:5', 10, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 9, 0, 0, 5000001, 1788640000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-5', 'g:5', 'image/png', 'pic-5.png', 1788640000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active) VALUES
    ('change-005', 5, 2, '变更', '7bc4956fdc9e23e961db83224792c179f11c35ec3f393a79fe5433968887e43e', 1);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-005', 1, '{"id":"change-005","no":5,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"注册资本要几年缴足？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1788640000001),
    ('change-005', 2, '{"id":"change-005","no":5,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"注册资本要几年缴足？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1788640000002);
INSERT INTO lexicons (id, body, at) VALUES
    (5, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1788640000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:5', '[{"at":1788640000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (53, 9, 10, 1788640000000, 1788640001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (13, 2, 1788640950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (13, 1788640950000, 1788739000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (7, 1788640000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'e47b84c8e5a92eb60ce5ccf52c37c039d5c95be716e2e35af0c6a73368de3b2c', '3dce7c9b623a88286f32f7db9c24f6bb8ed924629f7e3e37ab740a00e6a91316'),
    (8, 1788640000900, 9, 'claimed', 'Q13', '', '3dce7c9b623a88286f32f7db9c24f6bb8ed924629f7e3e37ab740a00e6a91316', '3dc7ecfce3f96c195b40def86ce0b1f6cc6e012036124d0e011ee784938ea63f');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (5000001, 'change-005', 1, 13, 9, '这条说的是公司，合伙企业不一样。', '章程在哪里下载？', 1788640000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-005', 2, 13, 1788640901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (2, '{"number":2,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-005","no":5,"revision":2,"topic":"变更","applies_to":["企业"],"question":"注册资本要几年缴足？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"长葛市局","address":"示例路 5 号","landline":"0374-0000005","hours":"工作日 9:00–17:00"}]}', 'operator', 1788640000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (5, 1788640000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (2, 5, 1788640000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (2, 1, 1, '[{"title":"常见问题清单第2期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"drafted","media_id":"m-5"}', '郑伟', 3, 9223372036854775807, 0, '', 1788640000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 5', 'media-5', 1788640000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 5', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1788640000000);
