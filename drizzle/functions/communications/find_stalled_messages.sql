-- SECURITY DEFINER: the sweep looks over all weddings and therefore has no tenant claim. It returns
-- ids only; every change that follows is made under the claims of the wedding concerned.
set local role wedsync_definer;
create or replace function wedding.find_stalled_messages(older_than interval, found_max int)
returns table (org_id uuid, wedding_id uuid, message_id uuid)
  language sql stable security definer set search_path = ''
as $$
  with stalled as (
    select m.wedding_id, m.id from wedding.messages m
    where m.state in ('queued', 'sending') and m.queued_at < now() - older_than
    union
    select d.wedding_id, d.message_id from wedding.deliveries d
    where d.state = 'claimed' and d.lease_until < now()
  )
  select w.org_id, s.wedding_id, s.id
  from stalled s
  join wedding.weddings w on w.id = s.wedding_id
  order by s.id
  limit found_max
$$;
comment on function wedding.find_stalled_messages(interval, int) is
  'Messages that a sweep must look at: being sent, or with rows under an expired lease';
revoke execute on function wedding.find_stalled_messages(interval, int) from public;
grant execute on function wedding.find_stalled_messages(interval, int) to wedsync_worker;
