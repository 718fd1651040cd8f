-- One row of everything that migration 0007 added.
insert into promises (lane, key, kind, epic_id, wanted, tries, problem, given_up, given_up_at, due_since)
values ('epic:1001', 'say:comment/1/0', 'say', '1001', nextval('wishes'), 12, 'GitHub said no', true, now(), now() - interval '2 hours');
