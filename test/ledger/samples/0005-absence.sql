-- One row of everything that migration 0005 added.
insert into loads (epic_id, stage, kind, role, person_id, repository_id, issue, since, open)
values ('1001', '1_define', 'claim', 'PRODUCT_MANAGER', 501, 7001, 12, now(), true);
