-- More rows, as a program of step 8 left them, invented: 示范区局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:8', 2);
UPDATE counters SET value = 8 WHERE name = 'bureaus';
UPDATE counters SET value = 8 WHERE name = 'offices';
UPDATE counters SET value = 16 WHERE name = 'people';
UPDATE counters SET value = 8 WHERE name = 'roster';
UPDATE counters SET value = 8 WHERE name = 'groups';
UPDATE counters SET value = 24 WHERE name = 'questions';
UPDATE counters SET value = 16 WHERE name = 'rooms';
UPDATE counters SET value = 8 WHERE name = 'lexicons';
UPDATE counters SET value = 8 WHERE name = 'faq';
UPDATE counters SET value = 80 WHERE name = 'duty_changes';
UPDATE counters SET value = 14 WHERE name = 'audit';
UPDATE counters SET value = 2 WHERE name = 'writers';
UPDATE counters SET value = 3 WHERE name = 'clusters';
UPDATE counters SET value = 3 WHERE name = 'disputes';
UPDATE counters SET value = 3 WHERE name = 'drafts';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (8, '示范区局', 0, '"always"', '["示范区"]', 8, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (8, 8, '示范区窗口', 'window', '示例路 8 号', '0374-0000008', 8, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (15, 8, 8, '邓玲', 'helper', '13900000015', '0374-0000115', '["bureau_admin"]', 1, '2018-07-25', NULL, 15, 1),
    (16, 8, 8, '彭涛', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 16, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (8, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[15]]', 8);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (81, 15, 1793829000000, 1793914000000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (82, 15, 16, 1793829000000, 1793914000000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's8', 15, 1793824000000),
    ('telegram', '700000008', 15, 1793824000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('3a1987df4cb256ca8ba12db7c89f30be57c2400dab105b38ce82abcbff9d1764', 15, 1793910400000, 1793824060000),
    ('b463c3fe4beb2f0c1ba9af095afca51ed57b06f24ba4cc473cd9a9e5a98f079f', 16, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('74282ed0e6e94f6c52015233bd55db2ff660a6a81db65869f3d838d11ccff833', 's8', '', 15, 1793824000000, 1793824060000),
    ('b9db8fb7053b363360b623860815603c778f7c9b48ca34abcfb7b96f276061a9', 'v8', '阳光餐饮', NULL, 1793824000000, 1793824050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (8, 'web', 'g:8', '示范区局帮办群', 8, 'help', 'member', 1793824000000, 1793824000000, '{"all":"propose","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v8', 'u:v8', 1793824000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (22, 2, 'web', 'v8', '阳光餐饮', 8, 8, NULL, '15', '住所是租的，要交什么证明？', '[]', NULL, 15, 'ended', '{"Ended":{"how":"Solved","at":1793824900000,"by":15}}', NULL, 1793824000000, 1793824000500, 1793824900000, 15),
    (23, 3, 'web', 'v8', '阳光餐饮', 8, 8, NULL, '1020', '法定代表人人脸识别过不去。', '[]', 8, 15, 'claimed', '{"Claimed":{"by":15,"at":1793824060000,"nudge":"warned","offered":null}}', 1793833000001, 1793824001000, 1793824001500, NULL, 15),
    (24, 4, 'web', 'v8', '阳光餐饮', 8, 8, NULL, '1021', '换执照要交回旧的吗？', '[{"kind":"Picture","reference":"pic-8"}]', NULL, NULL, 'answered', '{"Answered":{"said":{"entry":"change-008","revision":1},"until":1793833000000}}', 1793833000002, 1793824002000, 1793824002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (376467305271395330, 22, 1793824000000, 'asked', NULL, ''),
    (376467305275590658, 22, 1793824000001, 'answered', NULL, 'change-008·1'),
    (376467305279785986, 22, 1793824000002, 'handed_over', 15, ''),
    (376467305283981314, 22, 1793824060000, 'claimed', 15, ''),
    (376467305288176642, 22, 1793824120000, 'replied', 15, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (376467305292371970, 22, 1793824900000, 'solved', NULL, ''),
    (376467305296567298, 23, 1793824001000, 'asked', NULL, ''),
    (376467305300762626, 23, 1793824001001, 'handed_over', 15, ''),
    (376467305304957954, 23, 1793824060000, 'claimed', 15, ''),
    (376467305313348610, 24, 1793824002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:8', '15', 22, 'ask', NULL, NULL),
    ('web', 'g:8', '16', 22, 'answer', NULL, NULL),
    ('web', 'g:8', '1020', 23, 'ask', NULL, NULL),
    ('web', 'g:8', '1070', 23, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4808', 'web', 'g:8', 23, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (376467305271395330, 'web', 'm:g:8:15', 'web g:8', '', 'handled', 0, NULL, 1793824000000, 1793824000005),
    (376467305275590658, 'web', 'm:g:8:116', 'web g:8', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1793824000009, NULL),
    (376467305279785986, 'web', 'm:g:8:x', 'web g:8', '{}', 'aside', 3, 'no such message', 1793824000010, 1793824000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (376467305271395330, 'web', 'g:8', NULL, 'g:8', 22, 'answer', '{"Message":{"text":[{"Bold":"Q22"},{"Plain":"已经答复。"}],"buttons":[],"quote":"15","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1793824000000, NULL, NULL, '16', NULL, 1793824000000, 1793824000003),
    (376467305275590658, 'web', 'g:8', NULL, 'g:8', 23, 'card', '{"Message":{"text":[{"Bold":"Q23"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4808"}]],"quote":"1020","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1793824000004, NULL, NULL, NULL, NULL, 1793824000004, NULL),
    (376467305279785986, 'web', 'g:8', NULL, 'g:8', 23, 'line', '{"Message":{"text":[{"Bold":"Q23"},{"Plain":"请稍等。"}],"buttons":[],"quote":"1020","ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1793824030000, NULL, NULL, NULL, 'timed out', 1793824000005, NULL),
    (376467305283981314, 'telegram', '-1008', NULL, '-1008', 22, 'notice', '{"Message":{"text":[{"Bold":"Q22"},{"Plain":"已转办。"}],"buttons":[],"quote":"15","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1793824000000, NULL, NULL, NULL, 'not enough rights', 1793824000000, 1793824000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1008', 4000000000000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 8, 'chatter', 17);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v8', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at, once) VALUES
    (15, 'g:8', 15, 'v8', '阳光餐饮', '', '{"text":[{"Plain":"住所是租的，要交什么证明？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1793824000000, '83865af9afe0d156708fc4f0c3018ecc9fdb1d1a131eb08896e870b3782bf237'),
    (16, 'g:8', 16, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 15, 0, 0, 376467305271395330, 1793824000003, NULL);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-8', 'g:8', 'image/png', 'pic-8.png', 1793824000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-008', 8, 2, '变更', '1218017b88f3838d00aac097dcb8ebe897d403ab9ea4aea973389e0bd7cbabc5', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-008', 1, '{"id":"change-008","no":8,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1793824000001),
    ('change-008', 2, '{"id":"change-008","no":8,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1793824000002);
INSERT INTO lexicons (id, body, at) VALUES
    (8, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1793824000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:8', '[{"at":1793824000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (83, 15, 16, 1793824000000, 1793824001000, NULL, NULL);
INSERT INTO ratings (question_id, level, at) VALUES
    (22, 2, 1793824950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (22, 1793824950000, 1793923000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (13, 1793824000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '290f7279b4698c78ede60f7ae00b988e4fc1287fcef7ca1d49763a93f5394c37', 'befd51aba0365fc20b948fcc471adbe35199cfba20b8d069e8424c7918f72922'),
    (14, 1793824000900, 15, 'claimed', 'Q22', '', 'befd51aba0365fc20b948fcc471adbe35199cfba20b8d069e8424c7918f72922', '8297968f3e40ffd56ac27e364b5d19de04c2b8eacc174fe012a39da9e5fdc3b2');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (376467305271395330, 'change-008', 1, 22, 15, '这条说的是公司，合伙企业不一样。', '法定代表人人脸识别过不去。', 1793824000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-008', 2, 22, 1793824901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (5, '{"number":5,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-008","no":8,"revision":2,"topic":"变更","applies_to":["企业"],"question":"住所是租的，要交什么证明？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"示范区局","address":"示例路 8 号","landline":"0374-0000008","hours":"工作日 9:00–17:00"}]}', 'operator', 1793824000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (8, 1793824000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (5, 8, 1793824000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (5, 1, 1, '[{"title":"常见问题清单第5期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"published","urls":["https://mp.weixin.qq.com/s/example"],"at":1793824000099}', '邓玲', 3, 9223372036854775807, 0, '', 1793824000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 8', 'media-8', 1793824000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 8', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1793824000000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (3, '合伙企业变更', 'drafted', '', 3, 1793824000005, 1793824000000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (22, 3, 'answered', 'change-008'),
    (23, 3, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (3, 3, 'time_limit', 22, '三个工作日', 23, '五个工作日', 1793824000000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (3, 3, 'change-008', 3, '[15]', '{"Edit":{"base":2,"entry":{"id":"change-008","no":8,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"住所是租的，要交什么证明？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1793824000000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (376467305271395330, 'change-008', '条例修订', 1793824000000, 1793910400000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('示范区局', 'window.hours', '工作日 9:00–17:00', 1793824000000);
