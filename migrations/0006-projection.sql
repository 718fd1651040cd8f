-- Which code wrote an epic's row, and of which version: a newer Gatehouse finds the rows an older one has left behind.

alter table epics add column made_of text;
comment on column epics.made_of is 'What wrote this row: the projection''s number, a slash, the version of the epic it was made from.';
