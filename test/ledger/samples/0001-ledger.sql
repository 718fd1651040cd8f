-- Rows as they are after 0001: what later migrations will meet.
insert into deliveries (guid, event, action, installation_id, repository_id, number, lane, body, state, tries, problem, not_before, done_at) values
  ('72d3162e-cc78-11e3-81ab-4c9367dc0958', 'issues', 'labeled', 7, 1296269, 1, 'epic:1001', '\x28b52ffd2000010000', 'done', 0, null, null, now()),
  ('72d3162e-cc78-11e3-81ab-4c9367dc0959', 'issue_comment', 'created', 7, 1296269, 3, 'epic:1001', '\x28b52ffd2000010000', 'new', 1, 'GitHub answered 502', now() + interval '1 minute', null),
  ('72d3162e-cc78-11e3-81ab-4c9367dc0960', 'ping', null, null, null, null, 'app', '\x28b52ffd2000010000', 'set_aside', 9, 'not understood', null, now());
insert into events (epic_id, version, type, data, cause, actor_id, at) values
  ('1001', 1, 'EpicOpened', '{"type":"EpicOpened","title":"NUL \u0000 and a lone surrogate \ud800"}', 'delivery/72d3162e/0', 583231, now()),
  ('1001', 2, 'StageReady', '{"type":"StageReady","stage":"1_define"}', 'delivery/72d3162e/0', null, now());
insert into causes (lane, cause) values ('epic:1001', 'delivery/72d3162e/0');
insert into promises (lane, key, kind, epic_id, payload, wanted, done, started, problem, given_up) values
  ('epic:1001', 'checklist', 'checklist', '1001', null, nextval('wishes'), 0, 1, null, false),
  ('epic:1001', 'say:delivery/72d3162e/0', 'say', '1001', '{"text":"hello"}', nextval('wishes'), 2, null, null, false),
  ('epic:1001', 'check:6dcb09b', 'check', '1001', null, nextval('wishes'), 0, null, 'gone', true);
insert into painted (lane, object, digest, remote) values ('epic:1001', 'stage:1_define', 'd1', '{"number":3}');
insert into subjects (repository_id, number, kind, epic_id, stage) values
  (1296269, 1, 'epic', '1001', null), (1296269, 3, 'stage', '1001', '1_define');
insert into pull_requests (repository_id, number, head_sha, base_ref, state, fork, author_id, draft, epic_id, stage, link, updated_seq) values
  (1296269, 8, '6dcb09b5b57875f334f61aebed695e2e4193db5e', 'main', 'open', false, 583231, false, '1001', '1_define', 'linked', 2);
insert into check_runs (repository_id, head_sha, check_run_id, node_id, status, conclusion, digest, created_at) values
  (1296269, '6dcb09b5b57875f334f61aebed695e2e4193db5e', 4, 'CR_4', 'in_progress', null, 'd2', now());
insert into merge_groups (repository_id, head_sha, base_sha, head_ref, number, state) values
  (1296269, 'ec26c3e57ca3a959ca5aad62de7213c562f8c821', '6dcb09b5b57875f334f61aebed695e2e4193db5e', 'refs/heads/gh-readonly-queue/main/pr-8-6dcb09b', 8, 'checks_requested');
insert into installations (id, account, state) values (7, 'acme', 'active');
insert into repositories (id, node_id, owner, name, default_branch, installation_id, private, labels, head_commit) values
  (1296269, 'R_1', 'acme', 'rocket', 'main', 7, true, '{"gatehouse:stage":"LA_1"}', '6dcb09b5b57875f334f61aebed695e2e4193db5e');
insert into configurations (repository_id, source, commit, etag, files, read_at) values
  (1296269, 'repository', '6dcb09b', 'W/"1"', '{".github/gatehouse.yml":{"text":"roles: {}","sha":"a1"}}', now());
insert into pins (repository_id, kind, name, id) values (1296269, 'user', 'octo-pm', 583231);
insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, live_approvers) values
  ('1001', 1296269, 1, 'Faster rockets', 'feature', 'running', 2, now(), now(), '{}', '{583231}');
