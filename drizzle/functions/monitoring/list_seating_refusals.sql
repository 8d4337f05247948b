-- SECURITY DEFINER: operators look over all companies and have a claim on none. It answers ids and what
-- was tried, nobody's name.
set local role wedsync_definer;

create or replace function ops.list_seating_refusals(page_size int)
  returns table (at timestamptz, wedding_id uuid, company text, user_id uuid, action text, last_day bigint)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_operator();
  return query
  select a.at, a.wedding_id, o.name, a.actor_id, a.after ->> 'action',
    count(*) filter (where a.at > now() - interval '1 day') over ()
  from wedding.audit_log a
  join wedding.organizations o on o.id = a.org_id
  where a.action = 'seating.refused' and a.at > now() - interval '30 days'
  order by a.at desc, a.id desc
  limit page_size;
end
$$;
comment on function ops.list_seating_refusals(int) is
  'Who tried to change a seating plan without the right to, newest first, with how many that were in a day; for operators';
revoke execute on function ops.list_seating_refusals(int) from public;
grant execute on function ops.list_seating_refusals(int) to wedsync_app;
