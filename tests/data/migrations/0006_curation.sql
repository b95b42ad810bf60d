-- More rows, as a program of step 6 left them, invented: 襄城县局, its people, three questions and all that hangs on them.
INSERT INTO counters (name, value) VALUES
    ('duty:6', 2),
    ('clusters', 1),
    ('disputes', 1),
    ('drafts', 1),
    ('collecting', 1);
UPDATE counters SET value = 6 WHERE name = 'bureaus';
UPDATE counters SET value = 6 WHERE name = 'offices';
UPDATE counters SET value = 12 WHERE name = 'people';
UPDATE counters SET value = 6 WHERE name = 'roster';
UPDATE counters SET value = 6 WHERE name = 'groups';
UPDATE counters SET value = 18 WHERE name = 'questions';
UPDATE counters SET value = 12 WHERE name = 'rooms';
UPDATE counters SET value = 6 WHERE name = 'lexicons';
UPDATE counters SET value = 6 WHERE name = 'faq';
UPDATE counters SET value = 60 WHERE name = 'duty_changes';
UPDATE counters SET value = 6000000 WHERE name = 'ids';
UPDATE counters SET value = 10 WHERE name = 'audit';
INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES
    (6, '襄城县局', 0, '"always"', '["襄城"]', 6, 1);
INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES
    (6, 6, '襄城窗口', 'window', '示例路 6 号', '0374-0000006', 6, 1);
INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active) VALUES
    (11, 6, 6, '何芳', 'helper', '13900000011', '0374-0000111', '["bureau_admin"]', 1, '2018-07-25', NULL, 11, 1),
    (12, 6, 6, '韩磊', 'guide', NULL, NULL, '[]', 0, NULL, '示例银行', 12, 1);
INSERT INTO duty_rows (bureau_id, position, body, office_id) VALUES
    (6, 0, '[{"days":127,"from_min":0,"to_min":1440,"season":null},[11]]', 6);
INSERT INTO leaves (id, person_id, from_at, until_at, from_file) VALUES
    (61, 11, 1790373000000, 1790458000000, 0);
INSERT INTO covers (id, of_person, by_person, from_at, until_at, from_file) VALUES
    (62, 11, 12, 1790373000000, 1790458000000, 0);
INSERT INTO bindings (channel, account, person_id, at) VALUES
    ('web', 's6', 11, 1790368000000),
    ('telegram', '700000006', 11, 1790368000001);
INSERT INTO invitations (token_hash, person_id, expires_at, used_at) VALUES
    ('49bba3b877c068c02f65c401cfab8c7df2a848b61783d209c74a7fab0c08c01c', 11, 1790454400000, 1790368060000),
    ('5cd4f5663b4a838932e093e762b22d0c5c86aaa94fea1ebbdabd5162bca048d6', 12, 4000000000000, NULL);
INSERT INTO sessions (token_hash, account, nickname, person_id, created_at, seen_at) VALUES
    ('ae162553a07181ede4ae3c1ecec1e60e1f706354b456565940fdf832b09e1847', 's6', '', 11, 1790368000000, 1790368060000),
    ('7aa0305eba50ec630827de6765cdb7a534f09588d5f532bfd5c9905366bec509', 'v6', '阳光餐饮', NULL, 1790368000000, 1790368050000);
INSERT INTO groups (id, channel, chat, title, bureau_id, kind, standing, told_at, created_at, modes) VALUES
    (6, 'web', 'g:6', '襄城县局帮办群', 6, 'help', 'member', NULL, 1790368000000, '{"all":"mention","by_category":{"变更":"auto"}}');
INSERT INTO private_chats (channel, account, chat, opened_at, blocked) VALUES
    ('web', 'v6', 'u:v6', 1790368000000, 0);
INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media, registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder) VALUES
    (16, 2, 'web', 'v6', '阳光餐饮', 6, 6, NULL, '11', '清税证明还没拿到，能先登记吗？', '[]', NULL, 11, 'ended', '{"Ended":{"how":"Solved","at":1790368900000,"by":11}}', NULL, 1790368000000, 1790368000500, 1790368900000, 11),
    (17, 3, 'web', 'v6', '阳光餐饮', 6, 6, NULL, '917', '监事可以不设吗？', '[]', 6, 11, 'replied', '{"Replied":{"by":11,"until":1790377000000}}', 1790377000001, 1790368001000, 1790368001500, NULL, 11),
    (18, 4, 'web', 'v6', '阳光餐饮', 6, 6, NULL, '918', '农民专业合作社最少几个人？', '[{"kind":"Picture","reference":"pic-6"}]', NULL, NULL, 'suggested', '{"Suggested":{"choices":["change-006"],"until":1790377000000}}', 1790377000002, 1790368002000, 1790368002500, NULL, NULL);
INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES
    (6000001, 16, 1790368000000, 'asked', NULL, ''),
    (6000002, 16, 1790368000001, 'answered', NULL, 'change-006·1'),
    (6000003, 16, 1790368000002, 'handed_over', 11, ''),
    (6000004, 16, 1790368060000, 'claimed', 11, ''),
    (6000005, 16, 1790368120000, 'replied', 11, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (6000006, 16, 1790368900000, 'solved', NULL, ''),
    (6000007, 17, 1790368001000, 'asked', NULL, ''),
    (6000008, 17, 1790368001001, 'handed_over', 11, ''),
    (6000009, 17, 1790368060000, 'claimed', 11, ''),
    (6000010, 17, 1790368090000, 'replied', 11, '提交变更登记申请书和新的身份证明，三个工作日办好。'),
    (6000011, 18, 1790368002000, 'asked', NULL, '');
INSERT INTO links (channel, chat, message_id, question_id, role, topic, body) VALUES
    ('web', 'g:6', '11', 16, 'ask', NULL, NULL),
    ('web', 'g:6', '12', 16, 'answer', NULL, NULL),
    ('web', 'g:6', '917', 17, 'ask', NULL, NULL),
    ('web', 'g:6', '967', 17, 'card', NULL, 'buttons');
INSERT INTO buttons (token, channel, chat, question_id, action, expires_at) VALUES
    ('0f3c9a5e7d21b4806', 'web', 'g:6', 17, 'claim', 4000000000000);
INSERT INTO inbox (id, channel, natural_key, lane, raw, state, attempts, error, received_at, handled_at) VALUES
    (6000001, 'web', 'm:g:6:11', 'web g:6', '', 'handled', 0, NULL, 1790368000000, 1790368000005),
    (6000002, 'web', 'm:g:6:112', 'web g:6', '{"text":"请问还在吗"}', 'waiting', 1, 'the handler took too long', 1790368000009, NULL),
    (6000003, 'web', 'm:g:6:x', 'web g:6', '{}', 'aside', 3, 'no such message', 1790368000010, 1790368000011);
INSERT INTO outbox (id, channel, chat, topic, lane, question_id, role, body, changes, state, attempts, again, told, not_before, lease_until, holder, message_id, error, created_at, sent_at) VALUES
    (6000001, 'web', 'g:6', NULL, 'g:6', 16, 'answer', '{"Message":{"text":[{"Bold":"Q16"},{"Plain":"已经答复。"}],"buttons":[],"quote":"11","ask_contact":false}}', NULL, 'sent', 0, 0, 0, 1790368000000, NULL, NULL, '12', NULL, 1790368000000, 1790368000003),
    (6000002, 'web', 'g:6', NULL, 'g:6', 17, 'card', '{"Message":{"text":[{"Bold":"Q17"},{"Plain":"有人在等。"}],"buttons":[[{"label":"我来","token":"0f3c9a5e7d21b4806"}]],"quote":"917","ask_contact":false}}', NULL, 'waiting', 0, 0, 0, 1790368000004, NULL, NULL, NULL, NULL, 1790368000004, NULL),
    (6000003, 'web', 'g:6', NULL, 'g:6', 17, 'line', '{"Message":{"text":[{"Bold":"Q17"},{"Plain":"请稍等。"}],"buttons":[],"quote":"917","ask_contact":false}}', NULL, 'waiting', 1, 1, 0, 1790368030000, NULL, NULL, NULL, 'timed out', 1790368000005, NULL),
    (6000004, 'telegram', '-1006', NULL, '-1006', 16, 'notice', '{"Message":{"text":[{"Bold":"Q16"},{"Plain":"已转办。"}],"buttons":[],"quote":"11","ask_contact":false}}', NULL, 'muted', 1, 0, 0, 1790368000000, NULL, NULL, NULL, 'not enough rights', 1790368000000, 1790368000006);
INSERT INTO chat_waits (channel, chat, until) VALUES
    ('telegram', '-1006', 4000000000000);
INSERT INTO leases (name, holder, until) VALUES
    ('telegram 6', 'host:4006', 1790368060000);
INSERT INTO tallies (day, group_id, kind, amount) VALUES
    ('2026-09-10', 6, 'chatter', 16);
INSERT INTO told (channel, account, what, until) VALUES
    ('web', 'v6', 'too_fast', 4000000000000);
INSERT INTO room_messages (id, room, revision, author, name, badge, body, quote, edited, deleted, outbox_id, at) VALUES
    (11, 'g:6', 11, 'v6', '阳光餐饮', '', '{"text":[{"Plain":"清税证明还没拿到，能先登记吗？"}],"buttons":[],"pictures":[]}', NULL, 0, 0, NULL, 1790368000000),
    (12, 'g:6', 12, 'bot', '帮办', '', '{"text":[{"Plain":"提交变更登记申请书和新的身份证明，三个工作日办好。"}],"buttons":[],"pictures":[]}', 11, 0, 0, 6000001, 1790368000003);
INSERT INTO room_media (id, room, mime, file, at) VALUES
    ('pic-6', 'g:6', 'image/png', 'pic-6.png', 1790368000000);
INSERT INTO entries (id, no, revision, topic, file_digest, active, withdrawn_here) VALUES
    ('change-006', 6, 2, '变更', '106c411261819e5a35192eab47324d72ae3caf362762d66613aa74cdc1c2a993', 1, 0);
INSERT INTO revisions (entry_id, revision, body, approved_by, at) VALUES
    ('change-006', 1, '{"id":"change-006","no":6,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"清税证明还没拿到，能先登记吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第1版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1790368000001),
    ('change-006', 2, '{"id":"change-006","no":6,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"清税证明还没拿到，能先登记吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第2版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}', 'operator', 1790368000002);
INSERT INTO lexicons (id, body, at) VALUES
    (6, '{"words":["全程电子化","帮办员"],"synonyms":[{"say":"法人","means":["法定代表人"]}],"opposites":[["变更","注销"]],"question_words":["怎么"],"topic_words":["执照"],"chatter":["收到"]}', 1790368000000);
INSERT INTO notes (name, text) VALUES
    ('submissions:6', '[{"at":1790368000000,"helpers":1,"reviewers":1}]');
INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until) VALUES
    (63, 11, 12, 1790368000000, 1790368001000, 1790368002000, 1790368003000);
INSERT INTO ratings (question_id, level, at) VALUES
    (16, 2, 1790368950000);
INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at, closed_by, note) VALUES
    (16, 1790368950000, 1790467000000, 0, NULL, NULL, NULL);
INSERT INTO audit (seq, at, person_id, action, object, note, before, hash) VALUES
    (9, 1790368000000, NULL, 'roster_import', 'operator', '+2 -0 ~0', '3dc7ecfce3f96c195b40def86ce0b1f6cc6e012036124d0e011ee784938ea63f', '00bc3a97d10011aaf579e68fac88f02342c4ca6b56f28d1292217ab3e47da7f6'),
    (10, 1790368000900, 11, 'claimed', 'Q16', '', '00bc3a97d10011aaf579e68fac88f02342c4ca6b56f28d1292217ab3e47da7f6', '36ff2dedaeb64aeee157ccb07b1b09973ae24b5bfb6844f5c15a421c4d52443e');
INSERT INTO entry_defects (id, entry_id, revision, question_id, person_id, words, must_not_hit, at, closed_at) VALUES
    (6000001, 'change-006', 1, 16, 11, '这条说的是公司，合伙企业不一样。', '监事可以不设吗？', 1790368000800, NULL);
INSERT INTO recalls (entry_id, revision, question_id, made_at, told_at) VALUES
    ('change-006', 2, 16, 1790368901000, NULL);
INSERT INTO editions (number, body, made_by, at) VALUES
    (3, '{"number":3,"issuer":"示例市市场监督管理局","date":"2026-09-01","items":[{"id":"change-006","no":6,"revision":2,"topic":"变更","applies_to":["企业"],"question":"清税证明还没拿到，能先登记吗？","variants":[],"lines":["提交变更登记申请书和新的身份证明，三个工作日办好。"],"basis":["《中华人民共和国市场主体登记管理条例》第二十四条"],"owner":"注册科","since":"2022-03-01","change":"added"}],"withdrawn":[],"windows":[{"bureau":"襄城县局","address":"示例路 6 号","landline":"0374-0000006","hours":"工作日 9:00–17:00"}]}', 'operator', 1790368000000);
INSERT INTO edition_readers (group_id, at) VALUES
    (6, 1790368000000);
INSERT INTO announcements (edition, group_id, at) VALUES
    (3, 6, 1790368000001);
INSERT INTO publications (edition, part, parts, articles, state, drafted_by, version, next_at, tries, trouble, changed_at) VALUES
    (3, 1, 1, '[{"title":"常见问题清单第3期","author":"示例市市场监督管理局","digest":"一条","content":"<p>提交变更登记申请书和新的身份证明，三个工作日办好。</p>"}]', '{"state":"approved","media_id":"m-6","ok":{"person":11,"name":"何芳","at":1790368000007}}', '何芳', 3, 9223372036854775807, 0, '', 1790368000000);
INSERT INTO official_pictures (name, value, at) VALUES
    ('cover 6', 'media-6', 1790368000000);
INSERT INTO official_heard (name, reply, at) VALUES
    ('msg 6', '提交变更登记申请书和新的身份证明，三个工作日办好。', 1790368000000);
INSERT INTO clusters (id, name, standing, note, draft_id, told_at, made_at) VALUES
    (1, NULL, 'drafted', '', 1, 1790368000005, 1790368000000);
INSERT INTO collected (question_id, cluster_id, reason, entry_id) VALUES
    (16, 1, 'answered', 'change-006'),
    (17, 1, 'no_hit', NULL);
INSERT INTO disputes (id, cluster_id, about, one_question, one_says, other_question, other_says, opened_at, closed_at, closed_by, note) VALUES
    (1, 1, 'time_limit', 16, '三个工作日', 17, '五个工作日', 1790368000000, NULL, NULL, NULL);
INSERT INTO drafts (id, version, entry_id, cluster_id, authors, proposal, phase, state, changed_at) VALUES
    (1, 2, 'change-006', 1, '[11]', '{"Edit":{"base":2,"entry":{"id":"change-006","no":6,"topic":"变更","category":"变更/法定代表人","applies_to":["企业"],"business":["变更"],"question":"清税证明还没拿到，能先登记吗？","variants":["换法人要交什么材料"],"answer":{"结论":"提交变更登记申请书和新的身份证明，三个工作日办好。（第3版）","费用":"不收费。"},"basis":[{"source":"中华人民共和国市场主体登记管理条例","article":"第二十四条"}],"confidence":"high","audience":"public","owner":"注册科","valid_from":"2022-03-01","valid_until":null,"review_by":null,"depends_on":[],"tests":{"must_hit":[],"must_not_hit":[]}}}}', 'submitted', '"Submitted"', 1790368000000);
INSERT INTO freezes (id, entry_id, why, at, due_at, told, lifted_at, lifted_by) VALUES
    (6000001, 'change-006', '条例修订', 1790368000000, 1790454400000, 0, NULL, NULL);
INSERT INTO fills (bureau, name, value, at) VALUES
    ('襄城县局', 'window.hours', '工作日 9:00–17:00', 1790368000000);
