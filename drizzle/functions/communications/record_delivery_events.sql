-- SECURITY DEFINER: reports come from mail systems, which know no tenant. What admits an event is
-- the message and the start of the delivery's id, which the caller has read from a signed address;
-- told back are numbers, and the weddings whose screens must look again.
set local role wedsync_definer;

-- One set-based statement whatever the size. The order of events does not matter: states only climb,
-- and an event that is there already changes nothing. Events are inserted and deliveries updated in
-- the order of their keys, so that two batches wait for each other and never deadlock; where another
-- batch has moved a delivery meanwhile, the condition of the update is judged again on what it became.
create or replace function wedding.record_delivery_events(events jsonb)
returns table (received int, recorded int, unknown int, weddings uuid[])
  language plpgsql volatile security definer set search_path = ''
  -- Every row is found by its key. Where a month is young, the planner knows nothing of its size
  -- and would read all of it instead; a plan kept from then would stay wrong.
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
  set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  found_count int;
  -- The lattice of deliveries, and which reason of a suppression outweighs which. Not functions: one
  -- that fixes its search path costs more per call than the rest of the row.
  lattice constant text[] := array['sent', 'delivered', 'bounced', 'complained'];
  weights constant text[] := array['soft_bounced', 'bounced', 'manual', 'complained', 'unsubscribed', 'erased'];
  recorded_count int;
  moved_weddings uuid[];
  softened jsonb;
begin
  with given as materialized (
    select e.*,
      ("deliveryPrefix" || '0000000000000000')::uuid as first_id,
      ("deliveryPrefix" || 'ffffffffffffffff')::uuid as last_id
    from jsonb_to_recordset(events) as e (
      "messageId" uuid, "deliveryPrefix" text, kind text, source text, "bounceClass" text,
      code text, provider text, at timestamptz, dedupe text)
  ), placed as (
    select g.*, m.wedding_id
    from given g
    cross join lateral (
      select m.wedding_id from wedding.messages m where m.id = g."messageId" limit 1) m
  ), known as materialized (
    select p.wedding_id, p."messageId" as message_id, d.id as delivery_id, p.kind, p.source,
      p."bounceClass" as bounce_class, p.code, p.provider, p.at,
      encode(substring(sha256(convert_to(p.kind || p.source
        || coalesce(nullif(p.dedupe, ''), p.kind || coalesce(p."bounceClass", '') || p.at::text),
        'UTF8')) from 1 for 16), 'hex')::uuid as id
    from placed p
    cross join lateral (
      select d.id from wedding.deliveries d
      where d.wedding_id = p.wedding_id and d.message_id = p."messageId"
        and d.id between p.first_id and p.last_id
      limit 1
    ) d
  ), added as (
    insert into wedding.delivery_events
      (wedding_id, message_id, delivery_id, id, kind, source, bounce_class, code, provider, at)
    select k.wedding_id, k.message_id, k.delivery_id, k.id, k.kind, k.source, k.bounce_class, k.code,
      coalesce(k.provider, 'other'), least(k.at, now())
    from known k
    order by k.wedding_id, k.message_id, k.delivery_id, k.id
    on conflict on constraint delivery_events_pk do nothing
    returning wedding_id, message_id, delivery_id, kind, source, bounce_class, code, provider, at
  ), ranked as (
    select a.*, case a.kind
        when 'complained' then 'complained' when 'bounced' then 'bounced'
        when 'deferred' then 'sent' when 'auto_replied' then 'sent' else 'delivered'
      end as state
    from added a
  ), best as (
    select distinct on (r.wedding_id, r.message_id, r.delivery_id) r.*
    from ranked r
    -- Of two bounces, the one that says more about the address.
    order by r.wedding_id, r.message_id, r.delivery_id, array_position(lattice, r.state) desc,
      r.bounce_class = 'hard' desc, r.at
  ), moved as (
    update wedding.deliveries d set
      state = b.state,
      reason = case when b.state = 'bounced' then 'bounced_' || b.bounce_class end,
      code = coalesce(b.code, d.code),
      sent_at = coalesce(d.sent_at, b.at),
      lease_until = null,
      updated_at = now()
    from best b
    where d.wedding_id = b.wedding_id and d.message_id = b.message_id and d.id = b.delivery_id
      and (d.state in ('ready', 'claimed', 'in_doubt')
        or array_position(lattice, d.state) < array_position(lattice, b.state))
    returning d.wedding_id, d.guest_id, d.channel, d.address_hash, d.reason
  ), stopped as (
    insert into wedding.suppressions as s (wedding_id, channel, address_hash, reason)
    select distinct on (d.wedding_id, d.channel, d.address_hash)
      d.wedding_id, d.channel, d.address_hash, w.reason
    from (
      select a.*, case a.kind when 'bounced' then 'bounced' when 'complained' then 'complained'
        else 'unsubscribed' end as reason
      from added a
      where a.kind in ('complained', 'unsubscribed') or a.bounce_class = 'hard'
    ) w
    join wedding.deliveries d
      on d.wedding_id = w.wedding_id and d.message_id = w.message_id and d.id = w.delivery_id
    where d.address_hash is not null and d.channel in ('email', 'sms')
    order by d.wedding_id, d.channel, d.address_hash, array_position(weights, w.reason) desc
    on conflict on constraint suppressions_pk do update set reason = excluded.reason, note = null
      where array_position(weights, excluded.reason) > array_position(weights, s.reason)
  ), counted as (
    insert into ops.feedback_counts as c (day, source, provider, kind, bounce_class, code, shard, n)
    select (now() at time zone 'UTC')::date, a.source, a.provider, a.kind, coalesce(a.bounce_class, ''),
      coalesce(a.code, ''), pg_backend_pid() % 16, count(*)
    from added a group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
    on conflict on constraint feedback_counts_pk do update set n = c.n + excluded.n
  )
  select (select count(*) from known)::int, (select count(*) from added)::int,
    array(select distinct m.wedding_id from moved m order by 1),
    (select jsonb_agg(distinct jsonb_build_object('wedding_id', m.wedding_id, 'guest_id', m.guest_id,
      'channel', m.channel, 'address_hash', m.address_hash))
     from moved m where m.reason = 'bounced_soft' and m.guest_id is not null)
  into found_count, recorded_count, moved_weddings, softened;

  if softened is not null then
    perform wedding.suppress_soft_bounced(softened);
  end if;
  perform wedding.note_changed_messages(moved_weddings);
  return query select jsonb_array_length(events), recorded_count,
    jsonb_array_length(events) - found_count, moved_weddings;
end
$$;
comment on function wedding.record_delivery_events(jsonb) is
  'Records what mail systems reported: moves deliveries up, settles doubts, stops addresses; idempotent, in any order';
revoke execute on function wedding.record_delivery_events(jsonb) from public;
grant execute on function wedding.record_delivery_events(jsonb) to wedsync_app, wedsync_worker;
