-- One row of everything that migration 0002 added.
insert into replicas (id, version) values ('6a1cbb7e-9c4b-4d0e-9d5e-0f2f4f6e1a01', '0.1.0');
insert into rounds (name, began, note) values ('reconcile', now(), null);
insert into spends (installation_id, content) values (7, 3);
insert into pauses (installation_id, until, why) values (7, now(), 'retry-after');
insert into etags (lane, url, etag) values ('epic:11#1', '/repos/acme/shop/issues/3', '"abc"');
insert into redeliveries (guid) values ('0d1c3f0e-0000-0000-0000-000000000001');
insert into repairs (repository_id, epic_id, object, what, why) values (11, '11#1', 'checklist', 'body', 'edited by hand');
