create or replace function wedding.finish_message(target_wedding uuid, target_message uuid) returns boolean
  language sql volatile set search_path = ''
as $$
  with finished as (
    update wedding.messages m set state = 'sent', finished_at = now()
    where m.wedding_id = target_wedding and m.id = target_message and m.state = 'sending'
      and not exists (
        select from wedding.delivery_counts c
        where c.wedding_id = m.wedding_id and c.message_id = m.id
          and c.state in ('ready', 'claimed') and c.n > 0)
    returning 1
  )
  select exists (select from finished)
$$;
comment on function wedding.finish_message(uuid, uuid) is
  'Ends a message whose deliveries are all decided. Called after each committed batch, so that the last one always sees the others';
revoke execute on function wedding.finish_message(uuid, uuid) from public;
grant execute on function wedding.finish_message(uuid, uuid) to wedsync_worker;
