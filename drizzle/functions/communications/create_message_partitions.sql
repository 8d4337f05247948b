-- SECURITY DEFINER as the owner, because only the owner of a partitioned table may attach to it; it
-- reads no row, and its argument is a number. Attaching lets reading and writing go on. A month that
-- exists is left alone, so it may run at any time and twice at once.
create or replace function ops.create_message_partitions(ahead int) returns int
  language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  parent text;
  part text;
  month timestamptz;
  made int := 0;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('wedsync-message-partitions'));
  -- Messages first: what hangs on them is attached to what they have.
  foreach parent in array array[
    'messages', 'message_wordings', 'delivery_counts', 'deliveries', 'delivery_events'
  ] loop
    continue when not exists (
      select from pg_catalog.pg_partitioned_table p
      where p.partrelid = pg_catalog.to_regclass('wedding.' || parent));
    for months in -1 .. ahead loop
      month := date_trunc('month', now(), 'UTC') + make_interval(months => months);
      part := parent || to_char(month at time zone 'UTC', '"_y"YYYY"m"MM');
      continue when pg_catalog.to_regclass('wedding.' || part) is not null;
      execute format('create table wedding.%I (like wedding.%I including all)', part, parent);
      execute format('alter table wedding.%I enable row level security', part);
      execute format('alter table wedding.%I force row level security', part);
      execute format('create trigger %I before truncate on wedding.%I execute function ops.refuse_truncate()',
        part || '_no_truncate', part);
      execute format('alter table wedding.%I attach partition wedding.%I for values from (%L) to (%L)',
        parent, part, ops.uuid_of_moment(month), ops.uuid_of_moment(month + interval '1 month'));
      made := made + 1;
    end loop;
  end loop;
  return made;
end
$$;
comment on function ops.create_message_partitions(int) is
  'Makes the monthly partitions of messages and what hangs on them, from last month to `ahead` months from now; returns how many were made';
revoke execute on function ops.create_message_partitions(int) from public;
grant execute on function ops.create_message_partitions(int) to wedsync_worker;
