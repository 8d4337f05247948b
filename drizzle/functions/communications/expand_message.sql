-- One set-based statement whatever the size; the unique key makes running it again a no-op. The id of
-- a delivery is a UUIDv8 (RFC 9562) that follows from the ledger's key, so that expanding twice names
-- the same rows, and so does the Message-ID.
create or replace function wedding.expand_message(
  target_wedding uuid, target_message uuid, inner_pad bytea, outer_pad bytea, shard_size int
) returns int
  language plpgsql volatile set search_path = ''
as $$
declare
  written int;
begin
  with planned as materialized (
    select m.wedding_id, m.id as message_id, m.channel, p.*,
      substring(sha256(uuid_send(m.id) || uuid_send(p.guest_id) || convert_to(m.channel, 'UTF8'))
        from 1 for 16) as digest
    from wedding.messages m
    cross join lateral wedding.plan_audience(m.wedding_id, m.audience, inner_pad, outer_pad) p
    where m.wedding_id = target_wedding and m.id = target_message
  ), named as (
    select p.*, encode(set_byte(set_byte(p.digest, 6, (get_byte(p.digest, 6) & 15) | 128),
      8, (get_byte(p.digest, 8) & 63) | 128), 'hex')::uuid as id
    from planned p
  )
  insert into wedding.deliveries (
    wedding_id, message_id, id, guest_id, household_id, channel, address_cipher, address_hash,
    carried_by_id, shard, state, reason)
  select n.wedding_id, n.message_id, n.id, n.guest_id, n.household_id, n.channel,
    convert_to(n.address, 'UTF8'), n.address_hash, carrier.id, case when n.state = 'ready' then (n.place - 1) / shard_size else 0 end,
    n.state, n.reason
  from named n left join named carrier on carrier.guest_id = n.carrier_id
  on conflict on constraint deliveries_guest_uq do nothing;
  get diagnostics written = row_count;
  return written;
end
$$;
comment on function wedding.expand_message(uuid, uuid, bytea, bytea, int) is
  'Freezes the audience of a message into the ledger; returns the rows written, 0 when it was done before';
revoke execute on function wedding.expand_message(uuid, uuid, bytea, bytea, int) from public;
grant execute on function wedding.expand_message(uuid, uuid, bytea, bytea, int) to wedsync_worker;
