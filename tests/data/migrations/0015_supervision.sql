-- More rows, as a program of step 15 left them, invented: 中川县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:15', 2);
UPDATE counters SET value = 9 WHERE name = 'writers';
UPDATE counters SET value = 15 WHERE name = 'bureaus';
UPDATE counters SET value = 15 WHERE name = 'offices';
UPDATE counters SET value = 30 WHERE name = 'people';
UPDATE counters SET value = 15 WHERE name = 'roster';
UPDATE counters SET value = 15 WHERE name = 'groups';
UPDATE counters SET value = 45 WHERE name = 'questions';
UPDATE counters SET value = 30 WHERE name = 'rooms';
UPDATE counters SET value = 15 WHERE name = 'lexicons';
UPDATE counters SET value = 15 WHERE name = 'faq';
UPDATE counters SET value = 150 WHERE name = 'duty_changes';
UPDATE counters SET value = 28 WHERE name = 'audit';
UPDATE counters SET value = 10 WHERE name = 'clusters';
UPDATE counters SET value = 10 WHERE name = 'disputes';
UPDATE counters SET value = 10 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (15, '中川县局', 0, '"always"', '["中川"]', 15, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (15, 15, '中川窗口', 'window', '示例路 15 号', '0374-0000015', 15, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (29, 15, 15, '示例寅', 'helper', '13900000029', '0374-0000129', '["bureau_admin"]', 1, '2018-07-25', NULL, 29, 1),
    (30, 15, 15, '示例卯', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 30, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (15, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[29]]', 15);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (151, 29, 1796075400000, 1796160400000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (152, 29, 30, 1796075400000, 1796160400000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's15', 29, 1796070400000),
    ('telegram', '700000015', 29, 1796070400001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('823c34a283ac6845dcd023ac97abada71951176398ae7de5c06e31ff842a3832', 29, 1796156800000, 1796070460000),
    ('8f0844ab999e77bd84ef57837ff57d81f6ae28c81d806e2822ac9186d5198aba', 30, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at, came_from) VALUES
    ('f13fcb7b76ff92d43027145f379de2c353ce807d91f4ab396c8ad645fa4e081b', 's15', '', 29, 1796070400000, 1796070460000, '203.0.113.15'),
    ('5fa6b275e745e2ef3e5dbe8335eb27a7bf5b38cb829153ad75d23fad79786725', 'v15', '阳光餐饮', NULL, 1796070400000, 1796070450000, '');
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes, approval, closed) VALUES
    (15, 'web', 'g:15', '中川县局帮办群', 15, 'help', 'member', 1796070400000, 1796070400000, '{"all":"propose","by_category":{"变更":"auto"}}', 1, 0);
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v15', 'u:v15', 1796070400000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (43, 2, 'web', 'v15', '阳光餐饮', 15, 15, NULL, '29', '住所是租的，要交什么证明？', '[]', NULL, 29, 'ended', '{"Ended":{"how":"Solved","at":1796071300000,"by":29}}', NULL, 1796070400000, 1796070400500, 1796071300000, 29),
    (44, 3, 'web', 'v15', '阳光餐饮', 15, 15, NULL, '1526', '法定代表人人脸识别过不去。', '[]', 15, 29, 'claimed', '{"Claimed":{"by":29,"at":1796070460000,"nudge":"warned","offered":null}}', 1796079400001, 1796070401000, 1796070401500, NULL, 29),
    (45, 4, 'web', 'v15', '阳光餐饮', 15, 15, NULL, '1527', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-15"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-015","revision":1},"until":1796079400000}}', 1796079400002, 1796070402000, 1796070402500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715662583395329, 43, 1796070400000, 'asked', NULL, ''),
    (383715662587590657, 43, 1796070400001, 'answered', NULL, 'change-015·1'),
    (383715662591785985, 43, 1796070400002, 'handed_over', 29, ''),
    (383715662595981313, 43, 1796070460000, 'claimed', 29, ''),
    (383715662600176641, 43, 1796070520000, 'replied', 29, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715662604371969, 43, 1796071300000, 'solved', NULL, ''),
    (383715662608567297, 44, 1796070401000, 'asked', NULL, ''),
    (383715662612762625, 44, 1796070401001, 'handed_over', 29, ''),
    (383715662616957953, 44, 1796070460000, 'claimed', 29, ''),
    (383715662625348609, 45, 1796070402000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:15', '29', 43, 'ask', NULL, NULL, 1),
    ('web', 'g:15', '30', 43, 'answer', NULL, NULL, 2),
    ('web', 'g:15', '1526', 44, 'ask', NULL, NULL, 3),
    ('web', 'g:15', '1576', 44, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4815', 'web', 'g:15', 44, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715662583395329, 'web', 'm:g:15:13', 'web g:15', '', 'handled', 0, NULL, 1796070400000, 1796070400005),
    (383715662587590657, 'web', 'm:g:15:114', 'web g:15', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1796070400009, NULL),
    (383715662591785985, 'web', 'm:g:15:x', 'web g:15', '{}', 'aside', 3, 'no such message', 1796070400010, 1796070400011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715662583395329, 'web', 'g:15', NULL, 'g:15', 43, 'answer', '{"Message":{"text":[{"Bold":"Q43"},{"Plain":"已经答复。"}],"buttons":[],"quote":"29","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1796070400000, NULL, NULL, '30', NULL, 1796070400000, 1796070400003, 0),
    (383715662587590657, 'web', 'g:15', NULL, 'g:15', 44, 'card', '{"Message":{"text":[{"Bold":"Q44"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4815"}]],"quote":"1526","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1796070400004, NULL, NULL, NULL, NULL, 1796070400004, NULL, 0),
    (383715662591785985, 'web', 'g:15', NULL, 'g:15', 44, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q44"},{"Plain":"请稍等。"}],"buttons":[]}}', 383715662587590657, 'waiting', 1, 1, 0, 1796070430000, NULL, NULL, NULL, 'timed out', 1796070400005, NULL, 0),
    (383715662595981313, 'telegram', '-1015', NULL, '-1015', 43, 'notice', '{"Message":{"text":[{"Bold":"Q43"},{"Plain":"已转办。"}],"buttons":[],"quote":"29","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1796070400000, NULL, NULL, NULL, 'not enough rights', 1796070400000, 1796070400006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:15', 1796070400000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1015', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 15, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v15', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (29, 'g:15', 29, 'v15', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1796070400000, '1046443121eb459de3855d4069d0db65bdbd6aef8ed2f25ae225955ff7ee068a'),
    (30, 'g:15', 30, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 29, 0, 0, 383715662583395329, 1796070400003, NULL);
INSERT INTO room_media (id, room, mime, file, at, author, by_staff, bytes) VALUES
    ('pic-15', 'g:15', 'image/png', 'pic-15.png', 1796070400000, 'v15', 0, 204800);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-015', 15, 2, '变更', 'fedf6dbfaf6a03c51aa66dc5ea0373e5a6b4303447e89d31530b0f58d723f37f', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-015', 1, '{"id":"change-015","no":15,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796070400001),
    ('change-015', 2, '{"id":"change-015","no":15,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1796070400002);
INSERT INTO lexicons (id, body, at) VALUES
    (15, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1796070400000);
INSERT INTO notes (name, text) VALUES
    ('submissions:15', '[{"at":1796070400000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (153, 29, 30, 1796070400000, 1796070401000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (43, 2, 1796071350000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (43, 1796071350000, 1796169400000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (27, 1796070400000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '49a2bfc5401c214156e33d154d288a4ec305b1a66f109e4b2d268453d084361c', 'a491cdf1313f2ff22343d3ee5b4568c7bbb1731b447828da359e9602e046b04b'),
    (28, 1796070400900, 29, 'claimed', 'Q43', '', 'a491cdf1313f2ff22343d3ee5b4568c7bbb1731b447828da359e9602e046b04b', '75f4a2a80b6dca565ee9593d0e58cba2f81da5e304ece6ff91f43707be2885b8');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715662583395329, 'change-015', 1, 43, 29, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1796070400800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-015', 2, 43, 1796071301000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (12, '{"number":12,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-015","no":15,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"中川县局","address":"示例路 15 号","landline":"0374-0000015","hours":"工作日 9:00–17:00"}]}', 'operator', 1796070400000);
INSERT INTO edition_readers (group_id, at) VALUES
    (15, 1796070400000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (12, 15, 1796070400001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (12, 1, 1, '[{"title":"常见问题清单第12期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1796070400099}', '示例寅', 3, 9223372036854775807, 0, '', 1796070400000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 15', 'media-15', 1796070400000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 15', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1796070400000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (10, '合伙企业变更', 'drafted', '', 10, 1796070400005, 1796070400000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (43, 10, 'answered', 'change-015'),
    (44, 10, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (10, 10, 'time_limit', 43, '三个工作日', 44, '五个工作日', 1796070400000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (10, 2, 'change-015', 10, '[29]', '{"Edit":{"base":2,"entry":{"id":"change-015","no":15,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1796070400000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715662583395329, 'change-015', '条例修订', 1796070400000, 1796156800000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('中川县局', 'window.hours', '工作日 9:00–17:00', 1796070400000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (43, 'drafted', 10),
    (45, '', NULL);
INSERT INTO leases (name, holder, term, until) VALUES
    ('channel 15', 'example-15', 2, 1796070406000);
INSERT INTO blocked (channel, account, name, by_person, at) VALUES
    ('web', 'v15', '阳光餐饮', 29, 1796070400000);
INSERT INTO reply_drafts (person_id, question_id, words, at) VALUES
    (29, 44, '先交变更登记申请书', 1796070400000);
INSERT INTO room_reads (account, room, upto) VALUES
    ('v15', 'g:15', 29);
INSERT INTO wishes (question_id, channel, account, at, told_at) VALUES
    (44, 'web', 'v15b', 1796070402000, NULL);
INSERT INTO alarms (name, since, figure, seen, calm, told) VALUES
    ('disk', 1796070400000, 125000, 1796070400900, NULL, 1);
INSERT INTO switched_off (channel, group_id, reason, at) VALUES
    ('wechat', 0, '清单有误，正在核对', 1796070400000);
INSERT INTO courses (question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at, rating, review_due, review_done, marks) VALUES
    (43, 15, 1796070400000, 1796070400002, 1796070460000, 1796070520000, 29, 29, 1796071300000, 2, 1796169400000, NULL, 36883);
INSERT INTO reported (month, bureau_id, figure, value, by_person, at) VALUES
    ('2026-09', 15, '办理量', 1203, 29, 1796070400000);
