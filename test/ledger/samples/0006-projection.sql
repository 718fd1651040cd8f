-- One row of everything that migration 0006 added.
update epics set made_of = '1/1' where id = '1001';
