-- SECURITY DEFINER: the integrity check looks over all weddings. It returns ids and numbers only.
set local role wedsync_definer;

-- Each branch compares in one statement and so in one snapshot: what a running send changes between
-- two statements is no break.
create or replace function ops.find_ledger_breaks(first_message uuid, found_max int)
returns table (check_name text, severity text, wedding_id uuid, message_id uuid, entity_id uuid, details jsonb)
  language sql stable security definer set search_path = ''
as $$
  with real as materialized (
    select d.wedding_id, d.message_id, d.channel, d.state, coalesce(d.reason, '') as reason, count(*) as n
    from wedding.deliveries d where d.message_id >= first_message
    group by 1, 2, 3, 4, 5
  ), counted as materialized (
    select c.wedding_id, c.message_id, c.channel, c.state, c.reason, sum(c.n) as n
    from wedding.delivery_counts c where c.message_id >= first_message
    group by 1, 2, 3, 4, 5 having sum(c.n) <> 0
  ), audience as (
    select m.wedding_id, m.id, m.audience_count, coalesce(sum(r.n), 0) as n
    from wedding.messages m
    left join real r on r.wedding_id = m.wedding_id and r.message_id = m.id and r.channel = m.channel
    where m.id >= first_message and m.expanded_at is not null
    group by m.wedding_id, m.id, m.audience_count
    having m.audience_count <> coalesce(sum(r.n), 0)
  ), miscounted as (
    select coalesce(r.wedding_id, c.wedding_id) as wedding_id, coalesce(r.message_id, c.message_id) as message_id,
      jsonb_agg(jsonb_build_object('channel', coalesce(r.channel, c.channel), 'state', coalesce(r.state, c.state),
        'reason', coalesce(r.reason, c.reason), 'rows', coalesce(r.n, 0), 'counted', coalesce(c.n, 0))) as differing
    from real r
    full join counted c on (c.wedding_id, c.message_id, c.channel, c.state, c.reason)
      = (r.wedding_id, r.message_id, r.channel, r.state, r.reason)
    where coalesce(r.n, 0) <> coalesce(c.n, 0)
    group by 1, 2
  ), unfinished as (
    select m.wedding_id, m.id, m.queued_at from wedding.messages m
    where m.id >= first_message and m.state = 'sending' and m.queued_at < now() - interval '15 minutes'
      and not exists (
        select from real r where r.wedding_id = m.wedding_id and r.message_id = m.id
          and r.state in ('ready', 'claimed'))
  ), twice as (
    -- One household, one address, one message: more than one of it has left.
    select d.wedding_id, d.message_id, d.household_id, count(*) as n from wedding.deliveries d
    where d.message_id >= first_message and d.household_id is not null and d.address_hash is not null
      and d.state in ('sent', 'delivered', 'bounced', 'complained', 'in_doubt')
    group by d.wedding_id, d.message_id, d.channel, d.household_id, d.address_hash having count(*) > 1
  )
  (select 'ledger.audience', 'error', a.wedding_id, a.id, null::uuid,
    jsonb_build_object('audience', a.audience_count, 'deliveries', a.n)
  from audience a limit found_max)
  union all
  (select 'ledger.counts', 'error', c.wedding_id, c.message_id, null, jsonb_build_object('differing', c.differing)
  from miscounted c limit found_max)
  union all
  (select 'ledger.unfinished', 'error', u.wedding_id, u.id, null, jsonb_build_object('queuedAt', u.queued_at)
  from unfinished u limit found_max)
  union all
  (select 'ledger.twice', 'error', t.wedding_id, t.message_id, t.household_id, jsonb_build_object('left', t.n)
  from twice t limit found_max)
  union all
  (select 'ledger.stuck_lease', 'error', d.wedding_id, d.message_id, d.id,
    jsonb_build_object('leaseUntil', d.lease_until)
  from wedding.deliveries d
  where d.state = 'claimed' and d.lease_until < now() - interval '15 minutes' limit found_max)
  union all
  (select 'ledger.in_doubt', 'warning', d.wedding_id, d.message_id, d.id, jsonb_build_object('since', d.updated_at)
  from wedding.deliveries d
  where d.message_id >= first_message and d.state = 'in_doubt' and d.updated_at < now() - interval '3 days'
  limit found_max)
  union all
  (select 'ledger.orphan', 'error', d.wedding_id, d.message_id, null, jsonb_build_object('deliveries', count(*))
  from wedding.deliveries d
  where d.message_id >= first_message and not exists (
    select from wedding.messages m where m.wedding_id = d.wedding_id and m.id = d.message_id)
  group by d.wedding_id, d.message_id limit found_max)
  union all
  (select 'ledger.orphan_events', 'error', e.wedding_id, e.message_id, null, jsonb_build_object('events', count(*))
  from wedding.delivery_events e
  where e.message_id >= first_message and not exists (
    select from wedding.deliveries d
    where d.wedding_id = e.wedding_id and d.message_id = e.message_id and d.id = e.delivery_id)
  group by e.wedding_id, e.message_id limit found_max)
  union all
  (select 'ledger.lost_carrier', 'warning', d.wedding_id, d.message_id, d.id, '{}'::jsonb
  from wedding.deliveries d
  where d.message_id >= first_message and d.carried_by_id is not null and not exists (
    select from wedding.deliveries c
    where c.wedding_id = d.wedding_id and c.message_id = d.message_id and c.id = d.carried_by_id)
  limit found_max)
$$;
comment on function ops.find_ledger_breaks(uuid, int) is
  'Where the ledger contradicts itself, among the messages from the given id on';
revoke execute on function ops.find_ledger_breaks(uuid, int) from public;
grant execute on function ops.find_ledger_breaks(uuid, int) to wedsync_worker;

create or replace function ops.find_stray_partitions()
returns table (check_name text, severity text, wedding_id uuid, message_id uuid, entity_id uuid, details jsonb)
  language sql stable security definer set search_path = ''
as $$
  select 'ledger.default_partition', 'error', null::uuid, null::uuid, null::uuid,
    jsonb_build_object('table', p.name)
  from (
    select 'messages' as name, exists (select from wedding.messages m
      where m.tableoid = 'wedding.messages_default'::regclass) as is_used
    union all select 'deliveries', exists (select from wedding.deliveries d
      where d.tableoid = 'wedding.deliveries_default'::regclass)
    union all select 'message_wordings', exists (select from wedding.message_wordings w
      where w.tableoid = 'wedding.message_wordings_default'::regclass)
    union all select 'delivery_counts', exists (select from wedding.delivery_counts c
      where c.tableoid = 'wedding.delivery_counts_default'::regclass)
    union all select 'delivery_events', exists (select from wedding.delivery_events e
      where e.tableoid = 'wedding.delivery_events_default'::regclass)
  ) p where p.is_used
$$;
comment on function ops.find_stray_partitions() is 'Default partitions that hold rows, although a month should';
revoke execute on function ops.find_stray_partitions() from public;
grant execute on function ops.find_stray_partitions() to wedsync_worker;
