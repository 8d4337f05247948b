create or replace function wedding.count_deliveries(target_wedding uuid, target_message uuid)
returns table (
  audience int, ready int, claimed int, sent int, failed int, skipped int, in_doubt int, cancelled int,
  balanced boolean)
  language sql stable set search_path = ''
as $$
  select m.audience_count,
    count(d.id) filter (where d.state = 'ready')::int,
    count(d.id) filter (where d.state = 'claimed')::int,
    count(d.id) filter (where d.state = 'sent')::int,
    count(d.id) filter (where d.state = 'failed')::int,
    count(d.id) filter (where d.state = 'skipped')::int,
    count(d.id) filter (where d.state = 'in_doubt')::int,
    count(d.id) filter (where d.state = 'cancelled')::int,
    count(d.id) = coalesce(m.audience_count, 0)
  from wedding.messages m
  left join wedding.deliveries d on d.wedding_id = m.wedding_id and d.message_id = m.id
  where m.wedding_id = target_wedding and m.id = target_message
  group by m.wedding_id, m.id
$$;
comment on function wedding.count_deliveries(uuid, uuid) is
  'The ledger of one message by state; balanced says that every guest of the audience is accounted for';
revoke execute on function wedding.count_deliveries(uuid, uuid) from public;
grant execute on function wedding.count_deliveries(uuid, uuid) to wedsync_app, wedsync_worker;
