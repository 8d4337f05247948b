create or replace function wedding.count_unreached(target_wedding uuid, target_message uuid) returns int
  language sql stable set search_path = ''
as $$
  select coalesce(sum(c.n), 0)::int
  from wedding.messages m
  join wedding.delivery_counts c
    on c.wedding_id = m.wedding_id and c.message_id = m.id and c.channel = m.channel
  where m.wedding_id = target_wedding and m.id = target_message
    and (c.state = 'bounced'
      or c.state = 'failed' and c.reason in ('rejected', 'attempts_exhausted')
      or c.state = 'skipped' and c.reason in ('no_address', 'invalid_address', 'suppressed'))
$$;
comment on function wedding.count_unreached(uuid, uuid) is
  'Deliveries on a message''s own channel that did not reach anybody; only grows while a message is not retried';
revoke execute on function wedding.count_unreached(uuid, uuid) from public;
grant execute on function wedding.count_unreached(uuid, uuid) to wedsync_worker, wedsync_definer;
