-- More rows, as a program of step 11 left them, invented: 魏北县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:11', 2);
UPDATE counters SET value = 5 WHERE name = 'writers';
UPDATE counters SET value = 11 WHERE name = 'bureaus';
UPDATE counters SET value = 11 WHERE name = 'offices';
UPDATE counters SET value = 22 WHERE name = 'people';
UPDATE counters SET value = 11 WHERE name = 'roster';
UPDATE counters SET value = 11 WHERE name = 'groups';
UPDATE counters SET value = 33 WHERE name = 'questions';
UPDATE counters SET value = 22 WHERE name = 'rooms';
UPDATE counters SET value = 11 WHERE name = 'lexicons';
UPDATE counters SET value = 11 WHERE name = 'faq';
UPDATE counters SET value = 110 WHERE name = 'duty_changes';
UPDATE counters SET value = 20 WHERE name = 'audit';
UPDATE counters SET value = 6 WHERE name = 'clusters';
UPDATE counters SET value = 6 WHERE name = 'disputes';
UPDATE counters SET value = 6 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (11, '魏北县局', 0, '"always"', '["魏北"]', 11, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (11, 11, '魏北窗口', 'window', '示例路 11 号', '0374-0000011', 11, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (21, 11, 11, '示例戊', 'helper', '13900000021', '0374-0000121', '["bureau_admin"]', 1, '2018-07-25', NULL, 21, 1),
    (22, 11, 11, '示例己', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 22, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (11, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[21]]', 11);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (111, 21, 1795729800000, 1795814800000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (112, 21, 22, 1795729800000, 1795814800000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's11', 21, 1795724800000),
    ('telegram', '700000011', 21, 1795724800001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('1e92bb50e5524f13bccd543ccfd667284cd0a2e6b6d02a63143c8ae52649ddc8', 21, 1795811200000, 1795724860000),
    ('3cea931cdafdd3ced2b20a93d3d068b300a07ca2e071e1e1f346968fa8095e04', 22, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('d258d0e3752f8479b2455c01ed8edbd8a2ba71b07267ad243cf6976e0d4cc7ba', 's11', '', 21, 1795724800000, 1795724860000),
    ('ef1c875f9df581cec6414a71f4b040e5ae8d768f6ed7f2fd91e0d9cfea2f9e25', 'v11', '阳光餐饮', NULL, 1795724800000, 1795724850000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (11, 'web', 'g:11', '魏北县局帮办群', 11, 'help', 'member', 1795724800000, 1795724800000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v11', 'u:v11', 1795724800000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (31, 2, 'web', 'v11', '阳光餐饮', 11, 11, NULL, '21', '住所是租的，要交什么证明？', '[]', NULL, 21, 'ended', '{"Ended":{"how":"Solved","at":1795725700000,"by":21}}', NULL, 1795724800000, 1795724800500, 1795725700000, 21),
    (32, 3, 'web', 'v11', '阳光餐饮', 11, 11, NULL, '1126', '法定代表人人脸识别过不去。', '[]', 11, 21, 'claimed', '{"Claimed":{"by":21,"at":1795724860000,"nudge":"warned","offered":null}}', 1795733800001, 1795724801000, 1795724801500, NULL, 21),
    (33, 4, 'web', 'v11', '阳光餐饮', 11, 11, NULL, '1127', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-11"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-011","revision":1},"until":1795733800000}}', 1795733800002, 1795724802000, 1795724802500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715262583395329, 31, 1795724800000, 'asked', NULL, ''),
    (383715262587590657, 31, 1795724800001, 'answered', NULL, 'change-011·1'),
    (383715262591785985, 31, 1795724800002, 'handed_over', 21, ''),
    (383715262595981313, 31, 1795724860000, 'claimed', 21, ''),
    (383715262600176641, 31, 1795724920000, 'replied', 21, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715262604371969, 31, 1795725700000, 'solved', NULL, ''),
    (383715262608567297, 32, 1795724801000, 'asked', NULL, ''),
    (383715262612762625, 32, 1795724801001, 'handed_over', 21, ''),
    (383715262616957953, 32, 1795724860000, 'claimed', 21, ''),
    (383715262625348609, 33, 1795724802000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:11', '21', 31, 'ask', NULL, NULL, 1),
    ('web', 'g:11', '22', 31, 'answer', NULL, NULL, 2),
    ('web', 'g:11', '1126', 32, 'ask', NULL, NULL, 3),
    ('web', 'g:11', '1176', 32, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4811', 'web', 'g:11', 32, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715262583395329, 'web', 'm:g:11:13', 'web g:11', '', 'handled', 0, NULL, 1795724800000, 1795724800005),
    (383715262587590657, 'web', 'm:g:11:114', 'web g:11', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795724800009, NULL),
    (383715262591785985, 'web', 'm:g:11:x', 'web g:11', '{}', 'aside', 3, 'no such message', 1795724800010, 1795724800011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715262583395329, 'web', 'g:11', NULL, 'g:11', 31, 'answer', '{"Message":{"text":[{"Bold":"Q31"},{"Plain":"已经答复。"}],"buttons":[],"quote":"21","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795724800000, NULL, NULL, '22', NULL, 1795724800000, 1795724800003, 0),
    (383715262587590657, 'web', 'g:11', NULL, 'g:11', 32, 'card', '{"Message":{"text":[{"Bold":"Q32"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4811"}]],"quote":"1126","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795724800004, NULL, NULL, NULL, NULL, 1795724800004, NULL, 0),
    (383715262591785985, 'web', 'g:11', NULL, 'g:11', 32, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q32"},{"Plain":"请稍等。"}],"buttons":[]}}', 383715262587590657, 'waiting', 1, 1, 0, 1795724830000, NULL, NULL, NULL, 'timed out', 1795724800005, NULL, 0),
    (383715262595981313, 'telegram', '-1011', NULL, '-1011', 31, 'notice', '{"Message":{"text":[{"Bold":"Q31"},{"Plain":"已转办。"}],"buttons":[],"quote":"21","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795724800000, NULL, NULL, NULL, 'not enough rights', 1795724800000, 1795724800006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:11', 1795724800000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1011', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 11, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v11', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (21, 'g:11', 21, 'v11', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795724800000, '87a5d0783695f1b8a2f22a0fb415a5f45df139d1e643ca5353665b6ad497175c'),
    (22, 'g:11', 22, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 21, 0, 0, 383715262583395329, 1795724800003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-11', 'g:11', 'image/png', 'pic-11.png', 1795724800000, 'v11', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-011', 11, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-011', 1, '{"id":"change-011","no":11,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795724800001),
    ('change-011', 2, '{"id":"change-011","no":11,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795724800002);
INSERT INTO lexicons (id, body, at) VALUES
    (11, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795724800000);
INSERT INTO notes (name, text) VALUES
    ('submissions:11', '[{"at":1795724800000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (113, 21, 22, 1795724800000, 1795724801000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (31, 2, 1795725750000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (31, 1795725750000, 1795823800000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (19, 1795724800000, NULL, 'roster_import', 'operator', '+2 -0 ~0', 'ba77c4fa6e5c50397bb27ac51d36615f0ca4feb7dc68c0edd2bf59aaa5022587', 'd9c52964eaa15eb2fe94ca6dca07fc8f049d4fee9f1b257b0c5cae2825c7cf06'),
    (20, 1795724800900, 21, 'claimed', 'Q31', '', 'd9c52964eaa15eb2fe94ca6dca07fc8f049d4fee9f1b257b0c5cae2825c7cf06', 'cbd4e067273b0631f4468a8072360f4a4eef5deed55b01e7085ca9abdadb3d8c');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715262583395329, 'change-011', 1, 31, 21, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795724800800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-011', 2, 31, 1795725701000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (8, '{"number":8,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-011","no":11,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"魏北县局","address":"示例路 11 号","landline":"0374-0000011","hours":"工作日 9:00–17:00"}]}', 'operator', 1795724800000);
INSERT INTO edition_readers (group_id, at) VALUES
    (11, 1795724800000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (8, 11, 1795724800001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (8, 1, 1, '[{"title":"常见问题清单第8期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795724800099}', '示例戊', 3, 9223372036854775807, 0, '', 1795724800000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 11', 'media-11', 1795724800000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 11', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795724800000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (6, '合伙企业变更', 'drafted', '', 6, 1795724800005, 1795724800000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (31, 6, 'answered', 'change-011'),
    (32, 6, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (6, 6, 'time_limit', 31, '三个工作日', 32, '五个工作日', 1795724800000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (6, 2, 'change-011', 6, '[21]', '{"Edit":{"base":2,"entry":{"id":"change-011","no":11,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795724800000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715262583395329, 'change-011', '条例修订', 1795724800000, 1795811200000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('魏北县局', 'window.hours', '工作日 9:00–17:00', 1795724800000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (31, 'drafted', 6),
    (33, '', NULL);
