-- The share lock on the message makes pause and cancel wait for at most this statement, and makes
-- every later claim see them. Opt-outs and removals committed before the claim are honoured by it.
create or replace function wedding.claim_deliveries(
  target_wedding uuid, target_message uuid, target_shard int,
  owner uuid, lease interval, claim_max int
) returns table (id uuid, guest_id uuid, household_id uuid, address_cipher bytea, address_hash bytea, attempts int, epoch bigint)
  language plpgsql volatile set search_path = ''
as $$
#variable_conflict use_column
declare
  claimed_epoch bigint;
begin
  perform from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message and m.state = 'sending'
  for share;
  if not found then
    return;
  end if;

  update wedding.deliveries d set
    state = 'skipped',
    reason = case when g.id is null then 'guest_removed' else 'suppressed' end,
    updated_at = now()
  from wedding.deliveries r
  left join wedding.guests g on g.wedding_id = r.wedding_id and g.id = r.guest_id
  where r.wedding_id = target_wedding and r.message_id = target_message
    and r.shard = target_shard and r.state = 'ready'
    and (g.id is null or exists (
      select from wedding.suppressions s
      where s.wedding_id = r.wedding_id and s.channel = r.channel and s.address_hash = r.address_hash))
    and d.wedding_id = r.wedding_id and d.message_id = r.message_id and d.id = r.id and d.state = 'ready';

  claimed_epoch := nextval('wedding.delivery_lease_epochs');
  return query
  with picked as (
    select r.id from wedding.deliveries r
    where r.wedding_id = target_wedding and r.message_id = target_message
      and r.shard = target_shard and r.state = 'ready' and r.next_attempt_at <= now()
      -- Again, because an opt-out may have been committed since the statement above began.
      and not exists (
        select from wedding.suppressions s
        where s.wedding_id = r.wedding_id and s.channel = r.channel and s.address_hash = r.address_hash)
    order by r.next_attempt_at, r.id
    limit claim_max
    for update of r skip locked
  )
  update wedding.deliveries d set
    state = 'claimed', lease_owner = owner, lease_epoch = claimed_epoch,
    lease_until = clock_timestamp() + lease, updated_at = now()
  from picked
  where d.wedding_id = target_wedding and d.message_id = target_message and d.id = picked.id
  returning d.id, d.guest_id, d.household_id, d.address_cipher, d.address_hash, d.attempts, d.lease_epoch;
end
$$;
comment on function wedding.claim_deliveries(uuid, uuid, int, uuid, interval, int) is
  'Takes up to claim_max due deliveries of a shard under a lease and a new fencing epoch; none unless the message is being sent';
revoke execute on function wedding.claim_deliveries(uuid, uuid, int, uuid, interval, int) from public;
grant execute on function wedding.claim_deliveries(uuid, uuid, int, uuid, interval, int) to wedsync_worker;
