-- SECURITY DEFINER: operators look over all companies and have a claim on none.
set local role wedsync_definer;
create or replace function ops.list_sms_numbers()
returns table (number text, org_id uuid, organization_name text)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select n.number, n.org_id, o.name
  from wedding.sms_numbers n join wedding.organizations o on o.id = n.org_id
  order by o.name, n.number;
end
$$;
comment on function ops.list_sms_numbers() is 'Which company texts from which number';
revoke execute on function ops.list_sms_numbers() from public;
grant execute on function ops.list_sms_numbers() to wedsync_app;
