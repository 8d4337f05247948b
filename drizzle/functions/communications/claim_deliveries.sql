-- Everything that must not be overlooked is looked at in the statement that takes the rows: a guest
-- who was removed, erased, or opted out before it began is skipped by it, and one whose address was
-- changed is written to at the new one. The share lock comes first, in a statement of its own: it
-- makes pause and cancel wait for at most this claim, and makes every later claim see them.
-- It returns all that the message of a guest is made of but the events, so that nothing is looked up
-- by the same keys again. Every step goes from ids to rows by a key, whatever the planner knows of
-- tables that were filled a moment ago: `limit 1` keeps it from reading one of them as a whole.
-- Dropped first, because what a function returns cannot be replaced.
drop function if exists wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int);
create function wedding.claim_deliveries(
  target_wedding uuid, target_message uuid, target_channel text, target_shard int,
  owner uuid, lease interval, claim_max int
) returns table (
  id uuid, guest_id uuid, household_id uuid, address_cipher bytea, address_hash bytea, language text,
  speaks_for uuid[], attempts int, epoch bigint, wrapped_key bytea, state text, title text,
  first_name text, last_name text, household_name text, link_version int, is_linked boolean,
  can_opt_out boolean)
  language plpgsql volatile set search_path = ''
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
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
      and r.channel = target_channel and r.shard = target_shard and r.state = 'ready'
      and r.next_attempt_at <= case when message.is_late then 'infinity' else now() end
    -- As the index has them: another key would have it read and sort all that is due.
    order by r.next_attempt_at
    limit claim_max
    for update of r skip locked
  ), addressed as (
    select p.id, p.guest_id, g.id is null as is_removed, g.erased_at is not null as is_erased,
      g.household_id, g.title, g.first_name, g.last_name,
      case target_channel when 'email' then g.email_cipher when 'sms' then g.phone_cipher end as cipher,
      case target_channel when 'email' then g.email_hash when 'sms' then g.phone_hash end as hash
    from picked p
    left join lateral (
      select * from wedding.guests
      where wedding_id = target_wedding and id = p.guest_id and removed_at is null limit 1) g on true
  ), judged as (
    select a.*, k.wrapped,
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
    left join lateral (
      select wrapped from wedding.guest_keys
      where wedding_id = target_wedding and guest_id = a.guest_id limit 1) k on true
    left join lateral (
      select reason, address_hash from wedding.suppressions
      where wedding_id = target_wedding and channel = target_channel and address_hash = a.hash
      limit 1) s on true
    left join lateral (
      select status from wedding.consent_states
      where wedding_id = target_wedding and guest_id = a.guest_id and channel = target_channel
        and purpose = message.purpose limit 1) c on true
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
  left join lateral (
    select * from wedding.households
    where wedding_id = target_wedding and id = j.household_id and removed_at is null limit 1) h on true
  left join lateral (
    select true as is_known from wedding.unsubscribe_links
    where wedding_id = target_wedding and guest_id = j.guest_id and channel = target_channel
      and address_hash = j.hash limit 1) u on true
  where d.wedding_id = target_wedding and d.message_id = target_message and d.id = j.id
  returning d.id, d.guest_id, h.id, d.address_cipher, d.address_hash, d.language, d.speaks_for,
    d.attempts, d.lease_epoch, j.wrapped, d.state, j.title, j.first_name, j.last_name, h.name,
    h.link_version, h.link_hash is not null, coalesce(u.is_known, false);
end
$$;
comment on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) is
  'Takes up to claim_max due deliveries of a shard under a lease and a new fencing epoch, and skips those among them that may not leave any more; nothing unless the message is being sent';
revoke execute on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) from public;
grant execute on function wedding.claim_deliveries(uuid, uuid, text, int, uuid, interval, int) to wedsync_worker;
