-- One row of everything that migration 0003 added.
update epics set next_alarm = now() + interval '1 day' where id = '1001';
