-- More rows, as a program of step 9 left them, invented: 示范区县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:9', 2);
UPDATE counters SET value = 3 WHERE name = 'writers';
UPDATE counters SET value = 9 WHERE name = 'bureaus';
UPDATE counters SET value = 9 WHERE name = 'offices';
UPDATE counters SET value = 18 WHERE name = 'people';
UPDATE counters SET value = 9 WHERE name = 'roster';
UPDATE counters SET value = 9 WHERE name = 'groups';
UPDATE counters SET value = 27 WHERE name = 'questions';
UPDATE counters SET value = 18 WHERE name = 'rooms';
UPDATE counters SET value = 9 WHERE name = 'lexicons';
UPDATE counters SET value = 9 WHERE name = 'faq';
UPDATE counters SET value = 90 WHERE name = 'duty_changes';
UPDATE counters SET value = 16 WHERE name = 'audit';
UPDATE counters SET value = 4 WHERE name = 'clusters';
UPDATE counters SET value = 4 WHERE name = 'disputes';
UPDATE counters SET value = 4 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (9, '示范区县局', 0, '"always"', '["示范区"]', 9, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (9, 9, '示范区窗口', 'window', '示例路 9 号', '0374-0000009', 9, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (17, 9, 9, '邓玲', 'helper', '13900000017', '0374-0000117', '["bureau_admin"]', 1, '2018-07-25', NULL, 17, 1),
    (18, 9, 9, '彭涛', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 18, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (9, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[17]]', 9);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (91, 17, 1795557000000, 1795642000000, 1);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (92, 17, 18, 1795557000000, 1795642000000, 1);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's9', 17, 1795552000000),
    ('telegram', '700000009', 17, 1795552000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('379a1e81887188c8d9e5c86a2deed44d4482b51c627e5cbecffb9c99977011d1', 17, 1795638400000, 1795552060000),
    ('98f233f20dba320f7968c8f8f26c8f45257fe8f1255bf1f72a66ef1f440db092', 18, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('ad4d4670a1179d77b5ba9b0a7ce410b2415ba86514844eaaf6d35d4d4710e560', 's9', '', 17, 1795552000000, 1795552060000),
    ('3170de2f3d1b4efcd93f3373b7cf9e1d5e00032d7c7927f1dae14bee004a182e', 'v9', '阳光餐饮', NULL, 1795552000000, 1795552050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (9, 'web', 'g:9', '示范区县局帮办群', 9, 'help', 'member', 1795552000000, 1795552000000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v9', 'u:v9', 1795552000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (25, 2, 'web', 'v9', '阳光餐饮', 9, 9, NULL, '17', '住所是租的，要交什么证明？', '[]', NULL, 17, 'ended', '{"Ended":{"how":"Solved","at":1795552900000,"by":17}}', NULL, 1795552000000, 1795552000500, 1795552900000, 17),
    (26, 3, 'web', 'v9', '阳光餐饮', 9, 9, NULL, '926', '法定代表人人脸识别过不去。', '[]', 9, 17, 'claimed', '{"Claimed":{"by":17,"at":1795552060000,"nudge":"warned","offered":null}}', 1795561000001, 1795552001000, 1795552001500, NULL, 17),
    (27, 4, 'web', 'v9', '阳光餐饮', 9, 9, NULL, '927', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-9"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-009","revision":1},"until":1795561000000}}', 1795561000002, 1795552002000, 1795552002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715062583395329, 25, 1795552000000, 'asked', NULL, ''),
    (383715062587590657, 25, 1795552000001, 'answered', NULL, 'change-009·1'),
    (383715062591785985, 25, 1795552000002, 'handed_over', 17, ''),
    (383715062595981313, 25, 1795552060000, 'claimed', 17, ''),
    (383715062600176641, 25, 1795552120000, 'replied', 17, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715062604371969, 25, 1795552900000, 'solved', NULL, ''),
    (383715062608567297, 26, 1795552001000, 'asked', NULL, ''),
    (383715062612762625, 26, 1795552001001, 'handed_over', 17, ''),
    (383715062616957953, 26, 1795552060000, 'claimed', 17, ''),
    (383715062625348609, 27, 1795552002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:9', '17', 25, 'ask', NULL, NULL, 1),
    ('web', 'g:9', '18', 25, 'answer', NULL, NULL, 2),
    ('web', 'g:9', '926', 26, 'ask', NULL, NULL, 3),
    ('web', 'g:9', '976', 26, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4809', 'web', 'g:9', 26, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715062583395329, 'web', 'm:g:9:13', 'web g:9', '', 'handled', 0, NULL, 1795552000000, 1795552000005),
    (383715062587590657, 'web', 'm:g:9:114', 'web g:9', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795552000009, NULL),
    (383715062591785985, 'web', 'm:g:9:x', 'web g:9', '{}', 'aside', 3, 'no such message', 1795552000010, 1795552000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715062583395329, 'web', 'g:9', NULL, 'g:9', 25, 'answer', '{"Message":{"text":[{"Bold":"Q25"},{"Plain":"已经答复。"}],"buttons":[],"quote":"17","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795552000000, NULL, NULL, '18', NULL, 1795552000000, 1795552000003, 0),
    (383715062587590657, 'web', 'g:9', NULL, 'g:9', 26, 'card', '{"Message":{"text":[{"Bold":"Q26"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4809"}]],"quote":"926","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795552000004, NULL, NULL, NULL, NULL, 1795552000004, NULL, 0),
    (383715062591785985, 'web', 'g:9', NULL, 'g:9', 26, 'line', '{"Edit":{"message":"","text":[{"Bold":"Q26"},{"Plain":"请稍等。"}],"buttons":[]}}', 383715062587590657, 'waiting', 1, 1, 0, 1795552030000, NULL, NULL, NULL, 'timed out', 1795552000005, NULL, 0),
    (383715062595981313, 'telegram', '-1009', NULL, '-1009', 25, 'notice', '{"Message":{"text":[{"Bold":"Q25"},{"Plain":"已转办。"}],"buttons":[],"quote":"17","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795552000000, NULL, NULL, NULL, 'not enough rights', 1795552000000, 1795552000006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:9', 1795552000000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1009', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 9, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v9', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (17, 'g:9', 17, 'v9', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795552000000, 'bd22a71d02cff0d9ec23883fefb7daf23f60de34502c2d0a1f8f1d6574fba98a'),
    (18, 'g:9', 18, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 17, 0, 0, 383715062583395329, 1795552000003, NULL);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-9', 'g:9', 'image/png', 'pic-9.png', 1795552000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-009', 9, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-009', 1, '{"id":"change-009","no":9,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795552000001),
    ('change-009', 2, '{"id":"change-009","no":9,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795552000002);
INSERT INTO lexicons (id, body, at) VALUES
    (9, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795552000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:9', '[{"at":1795552000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (93, 17, 18, 1795552000000, 1795552001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (25, 2, 1795552950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (25, 1795552950000, 1795651000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (15, 1795552000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '8297968f3e40ffd56ac27e364b5d19de04c2b8eacc174fe012a39da9e5fdc3b2', '6ef7cd4865fe27be5666936d9ddb21dc894233c5f213b6e4dee55fff76ec336c'),
    (16, 1795552000900, 17, 'claimed', 'Q25', '', '6ef7cd4865fe27be5666936d9ddb21dc894233c5f213b6e4dee55fff76ec336c', '5eebac1aaee604adf603b2a33fff58d510e4f87b548bed535509b73be873e9c7');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715062583395329, 'change-009', 1, 25, 17, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795552000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-009', 2, 25, 1795552901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (6, '{"number":6,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-009","no":9,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"示范区县局","address":"示例路 9 号","landline":"0374-0000009","hours":"工作日 9:00–17:00"}]}', 'operator', 1795552000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (9, 1795552000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (6, 9, 1795552000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (6, 1, 1, '[{"title":"常见问题清单第6期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795552000099}', '邓玲', 3, 9223372036854775807, 0, '', 1795552000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 9', 'media-9', 1795552000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 9', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795552000000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (4, '合伙企业变更', 'drafted', '', 4, 1795552000005, 1795552000000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (25, 4, 'answered', 'change-009'),
    (26, 4, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (4, 4, 'time_limit', 25, '三个工作日', 26, '五个工作日', 1795552000000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (4, 2, 'change-009', 4, '[17]', '{"Edit":{"base":2,"entry":{"id":"change-009","no":9,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795552000000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715062583395329, 'change-009', '条例修订', 1795552000000, 1795638400000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('示范区县局', 'window.hours', '工作日 9:00–17:00', 1795552000000);
