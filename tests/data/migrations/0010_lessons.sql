-- More rows, as a program of step 10 left them, invented: 东湖县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:10', 2);
UPDATE counters SET value = 4 WHERE name = 'writers';
UPDATE counters SET value = 10 WHERE name = 'bureaus';
UPDATE counters SET value = 10 WHERE name = 'offices';
UPDATE counters SET value = 20 WHERE name = 'people';
UPDATE counters SET value = 10 WHERE name = 'roster';
UPDATE counters SET value = 10 WHERE name = 'groups';
UPDATE counters SET value = 30 WHERE name = 'questions';
UPDATE counters SET value = 20 WHERE name = 'rooms';
UPDATE counters SET value = 10 WHERE name = 'lexicons';
UPDATE counters SET value = 10 WHERE name = 'faq';
UPDATE counters SET value = 100 WHERE name = 'duty_changes';
UPDATE counters SET value = 18 WHERE name = 'audit';
UPDATE counters SET value = 5 WHERE name = 'clusters';
UPDATE counters SET value = 5 WHERE name = 'disputes';
UPDATE counters SET value = 5 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (10, '东湖县局', 0, '"always"', '["东湖"]', 10, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (10, 10, '东湖窗口', 'window', '示例路 10 号', '0374-0000010', 10, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (19, 10, 10, '示例丙', 'helper', '13900000019', '0374-0000119', '["bureau_admin"]', 1, '2018-07-25', NULL, 19, 1),
    (20, 10, 10, '示例丁', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 20, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (10, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[19]]', 10);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (101, 19, 1795643400000, 1795728400000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (102, 19, 20, 1795643400000, 1795728400000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's10', 19, 1795638400000),
    ('telegram', '700000010', 19, 1795638400001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('5a773c355e1e3a25c6554ae103606c1f67a8732367d8afe93e94f328c8b24a9a', 19, 1795724800000, 1795638460000),
    ('5e2aa32771a56665940c1ef99a0184b5c2d92eee5bb426a06788bfd4cf4adbea', 20, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('7b44bf143b7ac6d466c813faba0c7ec37efda7a919c2459c4be7a8db730cffce', 's10', '', 19, 1795638400000, 1795638460000),
    ('16e9e9e74411e85d57af059965396f8c64ce1562c593b877c44d328f3ea9bbc1', 'v10', '阳光餐饮', NULL, 1795638400000, 1795638450000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (10, 'web', 'g:10', '东湖县局帮办群', 10, 'help', 'member', 1795638400000, 1795638400000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v10', 'u:v10', 1795638400000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (28, 2, 'web', 'v10', '阳光餐饮', 10, 10, NULL, '19', '住所是租的，要交什么证明？', '[]', NULL, 19, 'ended', '{"Ended":{"how":"Solved","at":1795639300000,"by":19}}', NULL, 1795638400000, 1795638400500, 1795639300000, 19),
    (29, 3, 'web', 'v10', '阳光餐饮', 10, 10, NULL, '1026', '法定代表人人脸识别过不去。', '[]', 10, 19, 'claimed', '{"Claimed":{"by":19,"at":1795638460000,"nudge":"warned","offered":null}}', 1795647400001, 1795638401000, 1795638401500, NULL, 19),
    (30, 4, 'web', 'v10', '阳光餐饮', 10, 10, NULL, '1027', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-10"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-010","revision":1},"until":1795647400000}}', 1795647400002, 1795638402000, 1795638402500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (383715162583395329, 28, 1795638400000, 'asked', NULL, ''),
    (383715162587590657, 28, 1795638400001, 'answered', NULL, 'change-010·1'),
    (383715162591785985, 28, 1795638400002, 'handed_over', 19, ''),
    (383715162595981313, 28, 1795638460000, 'claimed', 19, ''),
    (383715162600176641, 28, 1795638520000, 'replied', 19, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (383715162604371969, 28, 1795639300000, 'solved', NULL, ''),
    (383715162608567297, 29, 1795638401000, 'asked', NULL, ''),
    (383715162612762625, 29, 1795638401001, 'handed_over', 19, ''),
    (383715162616957953, 29, 1795638460000, 'claimed', 19, ''),
    (383715162625348609, 30, 1795638402000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body, seq) VALUES
    ('web', 'g:10', '19', 28, 'ask', NULL, NULL, 1),
    ('web', 'g:10', '20', 28, 'answer', NULL, NULL, 2),
    ('web', 'g:10', '1026', 29, 'ask', NULL, NULL, 3),
    ('web', 'g:10', '1076', 29, 'card', NULL, 'buttons', 4);
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4810', 'web', 'g:10', 29, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (383715162583395329, 'web', 'm:g:10:13', 'web g:10', '', 'handled', 0, NULL, 1795638400000, 1795638400005),
    (383715162587590657, 'web', 'm:g:10:114', 'web g:10', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1795638400009, NULL),
    (383715162591785985, 'web', 'm:g:10:x', 'web g:10', '{}', 'aside', 3, 'no such message', 1795638400010, 1795638400011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at, held) VALUES
    (383715162583395329, 'web', 'g:10', NULL, 'g:10', 28, 'answer', '{"Message":{"text":[{"Bold":"Q28"},{"Plain":"已经答复。"}],"buttons":[],"quote":"19","whom":null,"ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1795638400000, NULL, NULL, '20', NULL, 1795638400000, 1795638400003, 0),
    (383715162587590657, 'web', 'g:10', NULL, 'g:10', 29, 'card', '{"Message":{"text":[{"Bold":"Q29"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4810"}]],"quote":"1026","whom":null,"ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1795638400004, NULL, NULL, NULL, NULL, 1795638400004, NULL, 0),
    (383715162591785985, 'web', 'g:10', NULL, 'g:10', 29, 'line', '{"Message":{"text":[{"Bold":"Q29"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1026","whom":null,"ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1795638430000, NULL, NULL, NULL, 'timed out', 1795638400005, NULL, 0),
    (383715162595981313, 'telegram', '-1010', NULL, '-1010', 28, 'notice', '{"Message":{"text":[{"Bold":"Q28"},{"Plain":"已转办。"}],"buttons":[],"quote":"19","whom":null,"ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1795638400000, NULL, NULL, NULL, 'not enough rights', 1795638400000, 1795638400006, 0);
INSERT INTO windows (channel, chat, wrote_at, used) VALUES
    ('web', 'g:10', 1795638400000, 1);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1010', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 10, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v10', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (19, 'g:10', 19, 'v10', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1795638400000, 'c1601dd4868f5b28af27ec8e3aac85de62d0a575ed4400906182873161751e19'),
    (20, 'g:10', 20, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 19, 0, 0, 383715162583395329, 1795638400003, NULL);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-10', 'g:10', 'image/png', 'pic-10.png', 1795638400000);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-010', 10, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-010', 1, '{"id":"change-010","no":10,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795638400001),
    ('change-010', 2, '{"id":"change-010","no":10,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1795638400002);
INSERT INTO lexicons (id, body, at) VALUES
    (10, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1795638400000);
INSERT INTO notes (name, text) VALUES
    ('submissions:10', '[{"at":1795638400000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (103, 19, 20, 1795638400000, 1795638401000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (28, 2, 1795639350000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (28, 1795639350000, 1795737400000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (17, 1795638400000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '5eebac1aaee604adf603b2a33fff58d510e4f87b548bed535509b73be873e9c7', 'd59211e5ffbd6ddbaea2f6b45ca6e749b062e2c05061547bbd8eb5c2f7ac7646'),
    (18, 1795638400900, 19, 'claimed', 'Q28', '', 'd59211e5ffbd6ddbaea2f6b45ca6e749b062e2c05061547bbd8eb5c2f7ac7646', 'ba77c4fa6e5c50397bb27ac51d36615f0ca4feb7dc68c0edd2bf59aaa5022587');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (383715162583395329, 'change-010', 1, 28, 19, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1795638400800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-010', 2, 28, 1795639301000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (7, '{"number":7,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-010","no":10,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"东湖县局","address":"示例路 10 号","landline":"0374-0000010","hours":"工作日 9:00–17:00"}]}', 'operator', 1795638400000);
INSERT INTO edition_readers (group_id, at) VALUES
    (10, 1795638400000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (7, 10, 1795638400001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (7, 1, 1, '[{"title":"常见问题清单第7期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1795638400099}', '示例丙', 3, 9223372036854775807, 0, '', 1795638400000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 10', 'media-10', 1795638400000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 10', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1795638400000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (5, '合伙企业变更', 'drafted', '', 5, 1795638400005, 1795638400000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (28, 5, 'answered', 'change-010'),
    (29, 5, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (5, 5, 'time_limit', 28, '三个工作日', 29, '五个工作日', 1795638400000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (5, 2, 'change-010', 5, '[19]', '{"Edit":{"base":2,"entry":{"id":"change-010","no":10,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1795638400000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (383715162583395329, 'change-010', '条例修订', 1795638400000, 1795724800000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('东湖县局', 'window.hours', '工作日 9:00–17:00', 1795638400000);
INSERT INTO lessons (question_id, standing, draft_id) VALUES
    (28, 'drafted', 5),
    (30, '', NULL);
