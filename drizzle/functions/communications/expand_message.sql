-- One set-based statement whatever the size; the unique key makes running it again a no-op.
create or replace function wedding.expand_message(
  target_wedding uuid, target_message uuid, inner_pad bytea, outer_pad bytea, shard_size int
) returns int
  language plpgsql volatile set search_path = ''
as $$
declare
  written int;
begin
  insert into wedding.deliveries (
    wedding_id, message_id, id, guest_id, household_id, channel, address, address_hash,
    carried_by_id, shard, state, reason)
  select m.wedding_id, m.id, wedding.delivery_id(m.id, p.guest_id, m.channel),
    p.guest_id, p.household_id, m.channel, p.address, p.address_hash,
    wedding.delivery_id(m.id, p.carrier_id, m.channel),
    case when p.state = 'ready' then (p.place - 1) / shard_size else 0 end,
    p.state, p.reason
  from wedding.messages m
  cross join lateral wedding.plan_audience(m.wedding_id, m.audience, inner_pad, outer_pad) p
  where m.wedding_id = target_wedding and m.id = target_message
  on conflict on constraint deliveries_guest_uq do nothing;
  get diagnostics written = row_count;
  return written;
end
$$;
comment on function wedding.expand_message(uuid, uuid, bytea, bytea, int) is
  'Freezes the audience of a message into the ledger; returns the rows written, 0 when it was done before';
revoke execute on function wedding.expand_message(uuid, uuid, bytea, bytea, int) from public;
grant execute on function wedding.expand_message(uuid, uuid, bytea, bytea, int) to wedsync_worker;
