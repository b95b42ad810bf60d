-- More rows, as a program of step 16 left them, invented: 西塘县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:16', 2);
UPDATE counters SET value = 10 WHERE name = 'writers';
UPDATE counters SET value = 16 WHERE name = 'bureaus';
UPDATE counters SET value = 16 WHERE name = 'offices';
UPDATE counters SET value = 32 WHERE name = 'people';
UPDATE counters SET value = 16 WHERE name = 'roster';
UPDATE counters SET value = 16 WHERE name = 'groups';
UPDATE counters SET value = 48 WHERE name = 'questions';
UPDATE counters SET value = 32 WHERE name = 'rooms';
UPDATE counters SET value = 16 WHERE name = 'lexicons';
UPDATE counters SET value = 16 WHERE name = 'faq';
UPDATE counters SET value = 160 WHERE name = 'duty_changes';
UPDATE counters SET value = 30 WHERE name = 'audit';
UPDATE counters SET value = 11 WHERE name = 'clusters';
UPDATE counters SET value = 11 WHERE name = 'disputes';
UPDATE counters SET value = 11 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (16, '西塘县局', 0, '"always"', '["西塘"]', 16, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (16, 16, '西塘窗口', 'window', '示例路 16 号', '0374-0000016', 16, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (31, 16, 16, '示例辰', 'helper', '13900000031', '0374-0000131', '["bureau_admin"]', 1, '2018-07-25', NULL, 31, 1),
    (32, 16, 16, '示例巳', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 32, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (16, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[31]]', 16);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (161, 31, 1796161800000, 1796246800000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (162, 31, 32, 1796161800000, 1796246800000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's16', 31, 1796156800000),
    ('telegram', '700000016', 31, 1796156800001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('b3826481aab410b20c1934e8853aece4c3088b7ac00a96547f5ba595c39b31ba', 31, 1796243200000, 1796156860000),
    ('e6981e6a824bf1c868366afcc68845340d92a5d8e6b64e52a862088152385446', 32, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('06f43fb50f6272a44ec8e79395ff0725e0dc4c83cee5a72f319df8b28f4e66ed', 's16', '', 31, 1796156800000, 1796156860000, '203.0.113.16'),
    ('0b7b71cee4fdf351a2634c58b7e6faf1e0100e7a87f87ac447bce349e27a7eec', 'v16', '阳光餐饮', NULL, 1796156800000, 1796156850000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (16, 'web', 'g:16', '西塘县局帮办群', 16, 'help', 'member', 1796156800000, 1796156800000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v16', 'u:v16', 1796156800000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (46, 2, 'web', 'v16', '阳光餐饮', 16, 16, NULL, '31', '住所是租的，要交什么证明？', '[]', NULL, 31, 'ended', '{"Ended":{"how":"Solved","at":1796157700000,"by":31}}', NULL, 1796156800000, 1796156800500, 1796157700000, 31),
    (47, 3, 'web', 'v16', '阳光餐饮', 16, 16, NULL, '1626', '法定代表人人脸识别过不去。', '[]', 16, 31, 'claimed', '{"Claimed":{"by":31,"at":1796156860000,"nudge":"warned","offered":null}}', 1796165800001, 1796156801000, 1796156801500, NULL, 31),
    (48, 4, 'web', 'v16', '阳光餐饮', 16, 16, NULL, '1627', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-16"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-016","revision":1},"until":1796165800000}}', 1796165800002, 1796156802000, 1796156802500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715762583395329, 46, 1796156800000, 'asked', NULL, ''),
    (383715762587590657, 46, 1796156800001, 'answered', NULL, 'change-016·1'),
    (383715762591785985, 46, 1796156800002, 'handed_over', 31, ''),
    (383715762595981313, 46, 1796156860000, 'claimed', 31, ''),
    (383715762600176641, 46, 1796156920000, 'replied', 31, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715762604371969, 46, 1796157700000, 'solved', NULL, ''),
    (383715762608567297, 47, 1796156801000, 'asked', NULL, ''),
    (383715762612762625, 47, 1796156801001, 'handed_over', 31, ''),
    (383715762616957953, 47, 1796156860000, 'claimed', 31, ''),
    (383715762625348609, 48, 1796156802000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:16', '31', 46, 'ask', NULL, NULL, 1),
    ('web', 'g:16', '32', 46, 'answer', NULL, NULL, 2),
    ('web', 'g:16', '1626', 47, 'ask', NULL, NULL, 3),
    ('web', 'g:16', '1676', 47, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4816', 'web', 'g:16', 47, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715762583395329, 'web', 'm:g:16:13', 'web g:16', '', 'handled', 0, NULL, 1796156800000, 1796156800005),
    (383715762587590657, 'web', 'm:g:16:114', 'web g:16', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1796156800009, NULL),
    (383715762591785985, 'web', 'm:g:16:x', 'web g:16', '{}', 'aside', 3, 'no such message', 1796156800010, 1796156800011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715762583395329, 'web', 'g:16', NULL, 'g:16', 46, 'answer', '{"Message":{"text":[{"Bold":"Q46"},{"Plain":"已经答复。"}],"buttons":[],"quote":"31","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1796156800000, NULL, NULL, '32', NULL, 1796156800000, 1796156800003, 0),
    (383715762587590657, 'web', 'g:16', NULL, 'g:16', 47, 'card', '{"Message":{"text":[{"Bold":"Q47"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4816"}]],"quote":"1626","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1796156800004, NULL, NULL, NULL, NULL, 1796156800004, NULL, 0),
    (383715762591785985, 'web', 'g:16', NULL, 'g:16', 47, 'line', '{"Message":{"text":[{"Bold":"Q47"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1626","whom":null,"ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1796156830000, NULL, NULL, NULL, 'timed out', 1796156800005, NULL, 0),
    (383715762595981313, 'telegram', '-1016', NULL, '-1016', 46, 'notice', '{"Message":{"text":[{"Bold":"Q46"},{"Plain":"已转办。"}],"buttons":[],"quote":"31","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1796156800000, NULL, NULL, NULL, 'not enough rights', 1796156800000, 1796156800006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:16', 1796156800000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1016', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 16, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v16', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (31, 'g:16', 31, 'v16', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1796156800000, 'a2dbf843c690b28ddc4625b50effb5fe0d9c447f23d55b328bd4e50cce0cb840'),
    (32, 'g:16', 32, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 31, 0, 0, 383715762583395329, 1796156800003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-16', 'g:16', 'image/png', 'pic-16.png', 1796156800000, 'v16', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-016', 16, 2, '变更', 'e09d8b51c57b291d545279186cc6df505824bfb7861f9d32ecd1b79902f1ace7', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-016', 1, '{"id":"change-016","no":16,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796156800001),
    ('change-016', 2, '{"id":"change-016","no":16,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796156800002);
INSERT INTO lexicons (id, body, at) VALUES
    (16, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1796156800000);
INSERT INTO notes (name, text) VALUES
    ('submissions:16', '[{"at":1796156800000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (163, 31, 32, 1796156800000, 1796156801000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (46, 2, 1796157750000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (46, 1796157750000, 1796255800000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (29, 1796156800000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '75f4a2a80b6dca565ee9593d0e58cba2f81da5e304ece6ff91f43707be2885b8', 'bbed57c7359543b54f2dc95d4349ddd3cc97d92777857651264054bf5da70bee'),
    (30, 1796156800900, 31, 'claimed', 'Q46', '', 'bbed57c7359543b54f2dc95d4349ddd3cc97d92777857651264054bf5da70bee', 'bc2033edc2df6b8332f81fc790b00b558face5b939669729c881504ff3b2c10c');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715762583395329, 'change-016', 1, 46, 31, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1796156800800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-016', 2, 46, 1796157701000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (13, '{"number":13,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-016","no":16,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"西塘县局","address":"示例路 16 号","landline":"0374-0000016","hours":"工作日 9:00–17:00"}]}', 'operator', 1796156800000);
INSERT INTO edition_readers (group_id, at) VALUES
    (16, 1796156800000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (13, 16, 1796156800001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (13, 1, 1, '[{"title":"常见问题清单第13期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1796156800099}', '示例辰', 3, 9223372036854775807, 0, '', 1796156800000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 16', 'media-16', 1796156800000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 16', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1796156800000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (11, '合伙企业变更', 'drafted', '', 11, 1796156800005, 1796156800000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (46, 11, 'answered', 'change-016'),
    (47, 11, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (11, 11, 'time_limit', 46, '三个工作日', 47, '五个工作日', 1796156800000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (11, 2, 'change-016', 11, '[31]', '{"Edit":{"base":2,"entry":{"id":"change-016","no":16,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1796156800000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715762583395329, 'change-016', '条例修订', 1796156800000, 1796243200000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('西塘县局', 'window.hours', '工作日 9:00–17:00', 1796156800000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (46, 'drafted', 11),
    (48, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 16', 'example-16', 2, 1796156806000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v16', '阳光餐饮', 31, 1796156800000);
INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES
    (31, 47, '先交变更登记申请书', 1796156800000);
INSERT INTO room_reads (account, room, upto) VALUES
    ('v16', 'g:16', 31);
INSERT INTO wishes (question_id, channel, account, at, told_at) VALUES
    (47, 'web', 'v16b', 1796156800000, NULL);
INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES
    ('disk16', 1796156800000, 125000, 1796156800000, NULL, 1);
INSERT INTO switched_off (channel, group_id, reason, at) VALUES
    ('telegram', 16, '清单有误，正在核对', 1796156800000);
INSERT INTO board_hours (at, bureau_id, asked, sure, unsolved, handed, replied) VALUES
    (1796156800000, 16, 3, 2, 1, 2, 1);
INSERT INTO board_entries (at, bureau_id, entry_id, asked) VALUES
    (1796156800000, 16, 'change-016', 2);
INSERT INTO board_days (at, made_at) VALUES
    (1796156800000, 1796156800000);
INSERT INTO samples (week, pool, at) VALUES
    ('2026-11-16', 2, 1796156800000);
INSERT INTO sample_items (question_id, week, bureau_id, entry_id, revision, verdict, judged_by, judged_at) VALUES
    (46, '2026-11-16', 16, 'change-016', 1, 'wrong', 31, 1796156800000),
    (48, '2026-11-16', 16, 'change-016', 1, NULL, NULL, NULL);
INSERT INTO digests (person_id, bureau_id, week, at) VALUES
    (31, 16, '2026-11-16', 1796156800000);
INSERT INTO digests_off (person_id, at) VALUES
    (32, 1796156800000);
INSERT INTO courses (question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at, rating, review_due, review_done, marks) VALUES
    (46, 16, 1796156800000, 1796156800002, 1796156860000, 1796156920000, 31, 31, 1796157700000, 2, 1796255800000, NULL, 36883);
INSERT INTO reported (month, bureau_id, figure, value, by_person, at) VALUES
    ('2026-10', 16, '办理量', 1310, 31, 1796156800000);
