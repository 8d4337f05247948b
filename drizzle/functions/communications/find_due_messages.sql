-- SECURITY DEFINER: the worker looks over all weddings and therefore has no tenant claim. It returns
-- ids only; what follows is done under the claims of the wedding concerned.
set local role wedsync_definer;
create or replace function wedding.find_due_messages(found_max int)
returns table (org_id uuid, wedding_id uuid, message_id uuid)
  language sql stable security definer set search_path = ''
as $$
  select w.org_id, m.wedding_id, m.id
  from wedding.messages m join wedding.weddings w on w.id = m.wedding_id
  where m.state = 'scheduled' and m.send_at <= now()
  order by m.send_at, m.id
  limit found_max
$$;
comment on function wedding.find_due_messages(int) is 'Scheduled messages whose moment has come, those that wait longest first';
revoke execute on function wedding.find_due_messages(int) from public;
grant execute on function wedding.find_due_messages(int) to wedsync_worker;
