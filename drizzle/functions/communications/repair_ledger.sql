-- SECURITY DEFINER: repairs of the integrity check, which works over all weddings. Each makes derived
-- rows agree with the ledger again; the ledger itself is never rewritten.
set local role wedsync_definer;

-- The rows of counts are locked first. Whoever is changing deliveries at that moment has either
-- committed, and is seen by the statement after it, or waits for the lock and adds its difference.
create or replace function ops.recount_deliveries(target_wedding uuid, target_message uuid) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform from wedding.delivery_counts c
  where c.wedding_id = target_wedding and c.message_id = target_message
  order by c.channel, c.shard, c.state, c.reason for update;
  with real as (
    select d.channel, d.shard, d.state, coalesce(d.reason, '') as reason, count(*)::int as n
    from wedding.deliveries d
    where d.wedding_id = target_wedding and d.message_id = target_message group by 1, 2, 3, 4
  ), gone as (
    update wedding.delivery_counts c set n = 0
    where c.wedding_id = target_wedding and c.message_id = target_message and c.n <> 0
      and not exists (
        select from real r
        where (r.channel, r.shard, r.state, r.reason) = (c.channel, c.shard, c.state, c.reason))
  )
  insert into wedding.delivery_counts as c (wedding_id, message_id, channel, shard, state, reason, n)
  select target_wedding, target_message, r.channel, r.shard, r.state, r.reason, r.n from real r
  order by r.channel, r.shard, r.state, r.reason
  on conflict on constraint delivery_counts_pk do update set n = excluded.n where c.n <> excluded.n;
end
$$;
comment on function ops.recount_deliveries(uuid, uuid) is 'Counts the deliveries of a message anew';
revoke execute on function ops.recount_deliveries(uuid, uuid) from public;
grant execute on function ops.recount_deliveries(uuid, uuid) to wedsync_worker;

create or replace function ops.remove_orphan_events(target_wedding uuid, target_message uuid) returns void
  language sql volatile security definer set search_path = ''
as $$
  delete from wedding.delivery_events e
  where e.wedding_id = target_wedding and e.message_id = target_message and not exists (
    select from wedding.deliveries d
    where d.wedding_id = e.wedding_id and d.message_id = e.message_id and d.id = e.delivery_id)
$$;
comment on function ops.remove_orphan_events(uuid, uuid) is 'Removes reports about deliveries that are gone';
revoke execute on function ops.remove_orphan_events(uuid, uuid) from public;
grant execute on function ops.remove_orphan_events(uuid, uuid) to wedsync_worker;

