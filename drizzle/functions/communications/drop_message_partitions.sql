-- SECURITY DEFINER as the owner, because only the owner may drop a partition. What hangs on messages
-- goes before them. The month itself is the argument of retention, not a wedding: a partition is
-- dropped whole, which costs nothing, instead of row by row.
create or replace function ops.drop_message_partitions(kept interval) returns text[]
  language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  parent text;
  part text;
  month timestamptz;
  oldest text := to_char(date_trunc('month', now() - kept, 'UTC') at time zone 'UTC', '"_y"YYYY"m"MM');
  dropped text[] := '{}';
begin
  if kept < interval '12 months' then
    raise exception 'messages are kept for a year at least, not for %', kept
      using errcode = 'invalid_parameter_value';
  end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('wedsync-message-partitions'));
  foreach parent in array array[
    'delivery_events', 'deliveries', 'delivery_counts', 'message_wordings', 'messages'
  ] loop
    for part in
      select c.relname from pg_catalog.pg_inherits i
      join pg_catalog.pg_class c on c.oid = i.inhrelid
      where i.inhparent = pg_catalog.to_regclass('wedding.' || parent)
        and c.relname ~ '_y[0-9]{4}m[0-9]{2}$' and right(c.relname, 8) < right(oldest, 8)
      order by c.relname
    loop
      if parent = 'messages' then
        month := make_timestamptz(
          substring(part from '_y(....)m')::int, right(part, 2)::int, 1, 0, 0, 0, 'UTC');
        perform wedding.remove_message_leftovers(
          ops.uuid_of_moment(month), ops.uuid_of_moment(month + interval '1 month'));
      end if;
      execute format('alter table wedding.%I detach partition wedding.%I', parent, part);
      execute format('drop table wedding.%I', part);
      dropped := dropped || part;
    end loop;
  end loop;
  return dropped;
end
$$;
comment on function ops.drop_message_partitions(interval) is
  'Drops the months of messages, deliveries and events that ended longer ago than `kept`; returns their names';
revoke execute on function ops.drop_message_partitions(interval) from public;
grant execute on function ops.drop_message_partitions(interval) to wedsync_worker;
