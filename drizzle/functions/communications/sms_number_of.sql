-- SECURITY DEFINER: a partner of the couple has no claim on the planner company, but sees from which
-- number the guests are texted. Answers for the claimed wedding only.
set local role wedsync_definer;
create or replace function wedding.sms_number_of(target_wedding uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select n.number
  from wedding.weddings w
  join wedding.sms_numbers n on n.org_id = w.org_id
  where w.id = target_wedding and w.id = wedding.current_wedding_id()
$$;
comment on function wedding.sms_number_of(uuid) is
  'The number of the company that plans a wedding; NULL where it shares the installation''s';
revoke execute on function wedding.sms_number_of(uuid) from public;
grant execute on function wedding.sms_number_of(uuid) to wedsync_app, wedsync_worker;
