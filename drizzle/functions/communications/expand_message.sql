-- One statement whatever the size. The message is locked and looked at first, so running it again
-- writes nothing. The id of a delivery is a UUIDv8 (RFC 9562) that follows from the ledger's key: an
-- expansion that is repeated after the database was restored names the same rows, and so do their
-- Message-IDs, by which it can be found out what had left before.
create or replace function wedding.expand_message(
  target_wedding uuid, target_message uuid, shard_size int
) returns int
  language plpgsql volatile set search_path = '' set work_mem = '64MB'
  set enable_nestloop = off
as $$
declare
  message record;
  written int;
  -- Fewer make no difference to any plan.
  analyzed_from constant int := 1000;
begin
  select m.channel, m.audience, m.purpose, m.lane, uuid_send(m.id) || convert_to(m.channel, 'UTF8') as name_space
  into message
  from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message and m.expanded_at is null
  for update;
  if not found then
    return 0;
  end if;

  with planned as materialized (
    select p.*,
      overlay(overlay(encode(substring(sha256(message.name_space || uuid_send(p.guest_id))
        from 1 for 16), 'hex') placing '8' from 13) placing '8' from 17)::uuid as id
    from wedding.plan_audience(target_wedding, message.audience, message.channel, message.purpose,
      message.lane) p
  ), carried as materialized (
    select p.carrier_id, array_agg(p.guest_id order by p.guest_id) as guests
    from planned p where p.carrier_id is not null group by p.carrier_id
  )
  insert into wedding.deliveries (
    wedding_id, message_id, id, guest_id, household_id, channel, address_cipher, address_hash,
    language, carried_by_id, speaks_for, shard, state, reason)
  select target_wedding, target_message, p.id, p.guest_id, p.household_id, message.channel,
    p.address_cipher, p.address_hash, p.language, carrier.id, coalesce(c.guests, '{}'),
    case when p.state = 'ready' then (p.place - 1) / shard_size else 0 end, p.state, p.reason
  from planned p
  left join planned carrier on carrier.guest_id = p.carrier_id
  left join carried c on c.carrier_id = p.guest_id
  -- The order of the primary key: a sixth less work for the index than any other.
  order by p.id;
  get diagnostics written = row_count;
  if written >= analyzed_from then
    perform ops.analyze_deliveries((select d.tableoid from wedding.deliveries d
      where d.wedding_id = target_wedding and d.message_id = target_message limit 1));
  end if;
  update wedding.messages set expanded_at = now(), audience_count = written
  where wedding_id = target_wedding and id = target_message;
  return written;
end
$$;
comment on function wedding.expand_message(uuid, uuid, int) is
  'Freezes the audience of a message into the ledger; returns the rows written, 0 when it was done before';
revoke execute on function wedding.expand_message(uuid, uuid, int) from public;
grant execute on function wedding.expand_message(uuid, uuid, int) to wedsync_worker;
