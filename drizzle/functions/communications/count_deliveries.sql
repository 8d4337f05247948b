-- Adds up wedding.delivery_counts, never the ledger itself: a message of 100,000 deliveries is some
-- hundred small rows.
create or replace function wedding.count_deliveries(target_wedding uuid, target_messages uuid[])
returns table (
  message_id uuid, channel text, is_fallback boolean, audience int, ready int, claimed int, in_doubt int,
  sent int, delivered int, bounced int, complained int, failed int, skipped int, cancelled int,
  balanced boolean)
  language sql stable set search_path = ''
as $$
  select m.id, coalesce(c.channel, m.channel), coalesce(c.channel, m.channel) <> m.channel,
    case when coalesce(c.channel, m.channel) = m.channel then m.audience_count
      else sum(c.n)::int end,
    coalesce(sum(c.n) filter (where c.state = 'ready'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'claimed'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'in_doubt'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'sent'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'delivered'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'bounced'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'complained'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'failed'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'skipped'), 0)::int,
    coalesce(sum(c.n) filter (where c.state = 'cancelled'), 0)::int,
    coalesce(c.channel, m.channel) <> m.channel or coalesce(sum(c.n), 0) = coalesce(m.audience_count, 0)
  from wedding.messages m
  left join wedding.delivery_counts c on c.wedding_id = m.wedding_id and c.message_id = m.id
  where m.wedding_id = target_wedding and m.id = any (target_messages)
  group by m.wedding_id, m.id, c.channel
$$;
comment on function wedding.count_deliveries(uuid, uuid[]) is
  'The ledgers of messages by state, one row per channel; balanced says that every guest of the audience is accounted for';
revoke execute on function wedding.count_deliveries(uuid, uuid[]) from public;
grant execute on function wedding.count_deliveries(uuid, uuid[]) to wedsync_app, wedsync_worker;
