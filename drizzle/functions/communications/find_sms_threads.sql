-- SECURITY DEFINER: a text that comes in names two numbers and no tenant; the hash of both is what
-- admits its bearer to the weddings that have texted from the one to the other.
set local role wedsync_definer;
create or replace function wedding.find_sms_threads(searched_hash bytea)
returns table (org_id uuid, wedding_id uuid, phone_hash bytea)
  language sql stable security definer set search_path = ''
as $$
  select w.org_id, t.wedding_id, t.phone_hash
  from wedding.sms_threads t
  join wedding.weddings w on w.id = t.wedding_id
  where t.thread_hash = searched_hash
  order by t.last_sent_at desc
  limit 100
$$;
comment on function wedding.find_sms_threads(bytea) is
  'The weddings that texted from one number to another, the latest first';
revoke execute on function wedding.find_sms_threads(bytea) from public;
grant execute on function wedding.find_sms_threads(bytea) to wedsync_app, wedsync_worker;
