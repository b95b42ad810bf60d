-- More rows, as a program of step 7 left them, invented: 鄢陵县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:7', 2),
    ('writers', 1);
UPDATE counters SET value = 7 WHERE name = 'bureaus';
UPDATE counters SET value = 7 WHERE name = 'offices';
UPDATE counters SET value = 14 WHERE name = 'people';
UPDATE counters SET value = 7 WHERE name = 'roster';
UPDATE counters SET value = 7 WHERE name = 'groups';
UPDATE counters SET value = 21 WHERE name = 'questions';
UPDATE counters SET value = 14 WHERE name = 'rooms';
UPDATE counters SET value = 7 WHERE name = 'lexicons';
UPDATE counters SET value = 7 WHERE name = 'faq';
UPDATE counters SET value = 70 WHERE name = 'duty_changes';
UPDATE counters SET value = 12 WHERE name = 'audit';
UPDATE counters SET value = 2 WHERE name = 'clusters';
UPDATE counters SET value = 2 WHERE name = 'disputes';
UPDATE counters SET value = 2 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (7, '鄢陵县局', 0, '"always"', '["鄢陵"]', 7, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (7, 7, '鄢陵窗口', 'window', '示例路 7 号', '0374-0000007', 7, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (13, 7, 7, '许丽', 'helper', '13900000013', '0374-0000113', '["bureau_admin"]', 1, '2018-07-25', NULL, 13, 1),
    (14, 7, 7, '曹军', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 14, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (7, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[13]]', 7);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (71, 13, 1792101000000, 1792186000000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (72, 13, 14, 1792101000000, 1792186000000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's7', 13, 1792096000000),
    ('telegram', '700000007', 13, 1792096000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('d077ba711274bb774810f3b7d2dd43cab0aaf79c8685f8e61edd648b0b57ac9a', 13, 1792182400000, 1792096060000),
    ('f0fdda1ab3e77a66151582a136eb13e77ba3dddfb86ed872101f70a056433548', 14, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('31297f420ff3169f4f7dad27040ede7ac538637b94b4bd2d8bc3f7a501220ae3', 's7', '', 13, 1792096000000, 1792096060000),
    ('ee8cc49346b882e14616cc061aa9c39d74095f864d727f51e607a6abf2c42961', 'v7', '阳光餐饮', NULL, 1792096000000, 1792096050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (7, 'web', 'g:7', '鄢陵县局帮办群', 7, 'help', 'member', 1792096000000, 1792096000000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v7', 'u:v7', 1792096000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (19, 2, 'web', 'v7', '阳光餐饮', 7, 7, NULL, '13', '住所是租的，要交什么证明？', '[]', NULL, 13, 'ended', '{"Ended":{"how":"Solved","at":1792096900000,"by":13}}', NULL, 1792096000000, 1792096000500, 1792096900000, 13),
    (20, 3, 'web', 'v7', '阳光餐饮', 7, 7, NULL, '920', '法定代表人人脸识别过不去。', '[]', 7, 13, 'claimed', '{"Claimed":{"by":13,"at":1792096060000,"nudge":"warned","offered":null}}', 1792105000001, 1792096001000, 1792096001500, NULL, 13),
    (21, 4, 'web', 'v7', '阳光餐饮', 7, 7, NULL, '921', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-7"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-007","revision":1},"until":1792105000000}}', 1792105000002, 1792096002000, 1792096002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (369219547959395329, 19, 1792096000000, 'asked', NULL, ''),
    (369219547963590657, 19, 1792096000001, 'answered', NULL, 'change-007·1'),
    (369219547967785985, 19, 1792096000002, 'handed_over', 13, ''),
    (369219547971981313, 19, 1792096060000, 'claimed', 13, ''),
    (369219547976176641, 19, 1792096120000, 'replied', 13, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (369219547980371969, 19, 1792096900000, 'solved', NULL, ''),
    (369219547984567297, 20, 1792096001000, 'asked', NULL, ''),
    (369219547988762625, 20, 1792096001001, 'handed_over', 13, ''),
    (369219547992957953, 20, 1792096060000, 'claimed', 13, ''),
    (369219548001348609, 21, 1792096002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:7', '13', 19, 'ask', NULL, NULL),
    ('web', 'g:7', '14', 19, 'answer', NULL, NULL),
    ('web', 'g:7', '920', 20, 'ask', NULL, NULL),
    ('web', 'g:7', '970', 20, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4807', 'web', 'g:7', 20, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (369219547959395329, 'web', 'm:g:7:13', 'web g:7', '', 'handled', 0, NULL, 1792096000000, 1792096000005),
    (369219547963590657, 'web', 'm:g:7:114', 'web g:7', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1792096000009, NULL),
    (369219547967785985, 'web', 'm:g:7:x', 'web g:7', '{}', 'aside', 3, 'no such message', 1792096000010, 1792096000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (369219547959395329, 'web', 'g:7', NULL, 'g:7', 19, 'answer', '{"Message":{"text":[{"Bold":"Q19"},{"Plain":"已经答复。"}],"buttons":[],"quote":"13","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1792096000000, NULL, NULL, '14', NULL, 1792096000000, 1792096000003),
    (369219547963590657, 'web', 'g:7', NULL, 'g:7', 20, 'card', '{"Message":{"text":[{"Bold":"Q20"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4807"}]],"quote":"920","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1792096000004, NULL, NULL, NULL, NULL, 1792096000004, NULL),
    (369219547967785985, 'web', 'g:7', NULL, 'g:7', 20, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q20"},{"Plain":"请稍等。"}],"buttons":[]}}', 369219547963590657, 'waiting', 1, 1, 0, 1792096030000, NULL, NULL, NULL, 'timed out', 1792096000005, NULL),
    (369219547971981313, 'telegram', '-1007', NULL, '-1007', 19, 'notice', '{"Message":{"text":[{"Bold":"Q19"},{"Plain":"已转办。"}],"buttons":[],"quote":"13","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1792096000000, NULL, NULL, NULL, 'not enough rights', 1792096000000, 1792096000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1007', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 7, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v7', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (13, 'g:7', 13, 'v7', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1792096000000),
    (14, 'g:7', 14, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 13, 0, 0, 369219547959395329, 1792096000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-7', 'g:7', 'image/png', 'pic-7.png', 1792096000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-007', 7, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-007', 1, '{"id":"change-007","no":7,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1792096000001),
    ('change-007', 2, '{"id":"change-007","no":7,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1792096000002);
INSERT INTO lexicons (id, body, at) VALUES
    (7, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1792096000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:7', '[{"at":1792096000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (73, 13, 14, 1792096000000, 1792096001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (19, 2, 1792096950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (19, 1792096950000, 1792195000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (11, 1792096000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '36ff2dedaeb64aeee157ccb07b1b09973ae24b5bfb6844f5c15a421c4d52443e', 'e06d012d680bff01078aaf77cdff4d495e9940d62fa6110c2275793d10e6bcdb'),
    (12, 1792096000900, 13, 'claimed', 'Q19', '', 'e06d012d680bff01078aaf77cdff4d495e9940d62fa6110c2275793d10e6bcdb', '290f7279b4698c78ede60f7ae00b988e4fc1287fcef7ca1d49763a93f5394c37');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (369219547959395329, 'change-007', 1, 19, 13, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1792096000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-007', 2, 19, 1792096901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (4, '{"number":4,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-007","no":7,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"鄢陵县局","address":"示例路 7 号","landline":"0374-0000007","hours":"工作日 9:00–17:00"}]}', 'operator', 1792096000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (7, 1792096000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (4, 7, 1792096000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (4, 1, 1, '[{"title":"常见问题清单第4期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1792096000099}', '许丽', 3, 9223372036854775807, 0, '', 1792096000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 7', 'media-7', 1792096000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 7', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1792096000000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (2, '合伙企业变更', 'drafted', '', 2, 1792096000005, 1792096000000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (19, 2, 'answered', 'change-007'),
    (20, 2, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (2, 2, 'time_limit', 19, '三个工作日', 20, '五个工作日', 1792096000000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (2, 2, 'change-007', 2, '[13]', '{"Edit":{"base":2,"entry":{"id":"change-007","no":7,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1792096000000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (369219547959395329, 'change-007', '条例修订', 1792096000000, 1792182400000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('鄢陵县局', 'window.hours', '工作日 9:00–17:00', 1792096000000);
