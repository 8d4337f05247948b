-- Everything that must not be overlooked is looked at in the statement that takes the rows: a guest
-- who was removed, erased, or opted out before it began is skipped by it, and one whose address was
-- changed is written to at the new one. The share lock comes first, in a statement of its own: it
-- makes pause and cancel wait for at most this claim, and makes every later claim see them.
create or replace function wedding.claim_deliveries(
  target_wedding uuid, target_message uuid, target_channel text, target_shard int,
  owner uuid, lease interval, claim_max int
) returns table (
  id uuid, guest_id uuid, household_id uuid, address_cipher bytea, address_hash bytea, language text,
  speaks_for uuid[], attempts int, epoch bigint, wrapped_key bytea, state text)
  language plpgsql volatile set search_path = '' set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  message record;
  claimed_epoch bigint;
begin
  -- A process that is stopped right here would hold these rows and counts until it wakes.
  perform set_config('idle_in_transaction_session_timeout', '3s', true);
  select m.purpose, coalesce(m.not_after < now(), false) as is_late into message
  from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message and m.state = 'sending'
  for share;
  if not found then
    return;
  end if;

  claimed_epoch := nextval('wedding.delivery_lease_epochs');
  return query
  with picked as (
    select r.id, r.guest_id from wedding.deliveries r
    where r.wedding_id = target_wedding and r.message_id = target_message
      and r.channel = target_channel and r.shard = target_shard and r.state = 'ready' and (r.next_attempt_at <= now() or message.is_late)
    order by r.next_attempt_at, r.id
    limit claim_max
    for update of r skip locked
  ), addressed as (
    select p.id, p.guest_id, g.id is null as is_removed, g.erased_at is not null as is_erased,
      case target_channel when 'email' then g.email_cipher when 'sms' then g.phone_cipher end as cipher,
      case target_channel when 'email' then g.email_hash when 'sms' then g.phone_hash end as hash
    from picked p
    left join wedding.guests g
      on g.wedding_id = target_wedding and g.id = p.guest_id and g.removed_at is null
  ), judged as (
    select a.id, a.cipher, a.hash, k.wrapped,
      case
        when a.is_removed then 'guest_removed'
        when a.is_erased then 'erased'
        when message.is_late then 'too_late'
        when target_channel = 'notice' then null
        when a.cipher is null then 'no_address'
        when a.hash is null then 'invalid_address'
        when s.reason = 'erased' then 'erased'
        when s.address_hash is not null then 'suppressed'
        when coalesce(c.status, case target_channel when 'sms' then 'withdrawn' end) = 'withdrawn'
          then 'no_consent'
        when k.wrapped is null then 'erased'
      end as obstacle
    from addressed a
    left join wedding.guest_keys k on k.wedding_id = target_wedding and k.guest_id = a.guest_id
    left join wedding.suppressions s
      on s.wedding_id = target_wedding and s.channel = target_channel and s.address_hash = a.hash
    left join wedding.consent_states c on c.wedding_id = target_wedding and c.guest_id = a.guest_id
      and c.channel = target_channel and c.purpose = message.purpose
  )
  update wedding.deliveries d set
    state = case when j.obstacle is null then 'claimed' else 'skipped' end,
    reason = j.obstacle,
    address_cipher = coalesce(j.cipher, d.address_cipher),
    address_hash = coalesce(j.hash, d.address_hash),
    lease_owner = owner,
    lease_epoch = claimed_epoch,
    lease_until = case when j.obstacle is null then clock_timestamp() + lease end,
    updated_at = now()
  from judged j
  where d.wedding_id = target_wedding and d.message_id = target_message and d.id = j.id
    -- By key, however little is known of a ledger that was filled a moment ago: else each row of the
    -- message is compared with each that was picked.
    and d.id = any (array(select p.id from picked p))
  returning d.id, d.guest_id, d.household_id, d.address_cipher, d.address_hash, d.language, d.speaks_for,
    d.attempts, d.lease_epoch, j.wrapped, d.state;
end
$$;
comment on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) is
  'Takes up to claim_max due deliveries of a shard under a lease and a new fencing epoch, and skips those among them that may not leave any more; nothing unless the message is being sent';
revoke execute on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) from public;
grant execute on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) to wedsync_worker;
