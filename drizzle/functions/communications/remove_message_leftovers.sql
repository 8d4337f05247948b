-- SECURITY DEFINER as the definer role, because row-level security binds the owner, who retires months:
-- what small tables hold about a month's messages has to go before the month can. Which tables those
-- are is read from their primary keys, so that none is forgotten.
set local role wedsync_definer;
create or replace function wedding.remove_message_leftovers(first_id uuid, past_id uuid) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  leftover regclass;
begin
  for leftover in
    select i.indrelid::regclass from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indrelid
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indisprimary and a.attname = 'message_id' and c.relkind = 'r' and not c.relispartition
      and c.relnamespace = 'wedding'::regnamespace
  loop
    execute format('delete from %s where message_id >= $1 and message_id < $2', leftover)
      using first_id, past_id;
  end loop;
end
$$;
comment on function wedding.remove_message_leftovers(uuid, uuid) is
  'Deletes what unpartitioned tables hold about messages of a month that is retired';
revoke execute on function wedding.remove_message_leftovers(uuid, uuid) from public;
grant execute on function wedding.remove_message_leftovers(uuid, uuid) to wedsync_owner;
