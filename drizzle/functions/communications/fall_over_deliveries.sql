-- Who was not reached gets the message on its other channel, under the same ledger key and by the same
-- rules of consent, suppression and household as any audience. The unique key (guest, message, channel)
-- keeps this from ever happening twice to anybody. Who unsubscribed is left in peace: falling over is
-- for addresses that do not work, and a suppression counts only where a bounce put it there.
create or replace function wedding.fall_over_deliveries(
  target_wedding uuid, target_message uuid, shard_size int
) returns int
  language plpgsql volatile set search_path = '' set plan_cache_mode = 'force_custom_plan'
as $$
declare
  message record;
  unreached uuid[];
  causes uuid[];
  waiting int;
begin
  select m.channel, m.fallback_channel, m.fallback_after, m.purpose, m.state,
    coalesce(m.not_after < now(), false) as is_late,
    uuid_send(m.id) || convert_to(m.fallback_channel, 'UTF8') as name_space
  into message
  from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message and m.fallback_channel is not null
    and m.state in ('sending', 'sent')
  for update;
  if not found or message.is_late then
    return 0;
  end if;

  insert into wedding.fallback_progress as p (wedding_id, message_id, failed_seen, next_at)
  values (target_wedding, target_message, wedding.count_unreached(target_wedding, target_message),
    coalesce(
      (select min(d.sent_at) + message.fallback_after from wedding.deliveries d
        where d.wedding_id = target_wedding and d.message_id = target_message
          and d.channel = message.channel and d.state = 'sent'
          and d.sent_at > now() - message.fallback_after),
      -- What is sent from now on has not waited long enough before that.
      case when message.state = 'sending' then now() + message.fallback_after end))
  on conflict on constraint fallback_progress_pk do update set
    failed_seen = excluded.failed_seen, next_at = excluded.next_at;

  select array_agg(u.person), array_agg(u.id) into unreached, causes
  from (
    select distinct on (person) person, d.id
    from wedding.deliveries d
    cross join lateral unnest(d.speaks_for || d.guest_id) as person
    where d.wedding_id = target_wedding and d.message_id = target_message and d.channel = message.channel
      and person is not null
      and (d.state = 'bounced'
        or d.state = 'failed' and d.reason in ('rejected', 'attempts_exhausted')
        or d.state = 'skipped' and d.reason in ('no_address', 'invalid_address')
        or d.state = 'skipped' and d.reason = 'suppressed' and exists (
          select from wedding.suppressions s
          where s.wedding_id = d.wedding_id and s.channel = d.channel and s.address_hash = d.address_hash
            and s.reason in ('bounced', 'soft_bounced'))
        or d.state = 'sent' and d.sent_at <= now() - message.fallback_after)
      and not exists (
        select from wedding.deliveries f
        where f.wedding_id = d.wedding_id and f.guest_id = person and f.message_id = d.message_id
          and f.channel = message.fallback_channel)
    order by person, d.id
  ) u;
  if unreached is null then
    return 0;
  end if;

  with planned as materialized (
    select p.*, u.delivery_id,
      overlay(overlay(encode(substring(sha256(message.name_space || uuid_send(p.guest_id))
        from 1 for 16), 'hex') placing '8' from 13) placing '8' from 17)::uuid as id
    from wedding.plan_audience(target_wedding, jsonb_build_object('guestIds', to_jsonb(unreached)),
      message.fallback_channel, message.purpose, 'single') p
    join unnest(unreached, causes) as u (guest_id, delivery_id) on u.guest_id = p.guest_id
  ), carried as materialized (
    select p.carrier_id, array_agg(p.guest_id order by p.guest_id) as guests
    from planned p where p.carrier_id is not null group by p.carrier_id
  )
  insert into wedding.deliveries (
    wedding_id, message_id, id, guest_id, household_id, channel, address_cipher, address_hash,
    language, carried_by_id, speaks_for, fallback_of_id, shard, state, reason)
  select target_wedding, target_message, p.id, p.guest_id, p.household_id, message.fallback_channel,
    p.address_cipher, p.address_hash, p.language, carrier.id, coalesce(c.guests, '{}'), p.delivery_id,
    case when p.state = 'ready' then (p.place - 1) / shard_size else 0 end, p.state, p.reason
  from planned p
  left join planned carrier on carrier.guest_id = p.carrier_id
  left join carried c on c.carrier_id = p.guest_id
  order by p.id
  on conflict on constraint deliveries_guest_uq do nothing;

  select coalesce(sum(c.n), 0) into waiting from wedding.delivery_counts c
  where c.wedding_id = target_wedding and c.message_id = target_message
    and c.channel = message.fallback_channel and c.state = 'ready';
  if waiting > 0 and message.state = 'sent' then
    -- Its own channel is through; the clock by which attempts are given up starts anew.
    update wedding.messages set state = 'sending', finished_at = null, queued_at = now()
    where wedding_id = target_wedding and id = target_message;
  end if;
  return waiting;
end
$$;
comment on function wedding.fall_over_deliveries(uuid, uuid, int) is
  'Adds deliveries on the other channel for guests whom the message did not reach; returns how many are ready to leave on it';
revoke execute on function wedding.fall_over_deliveries(uuid, uuid, int) from public;
grant execute on function wedding.fall_over_deliveries(uuid, uuid, int) to wedsync_worker;
