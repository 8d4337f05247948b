-- SECURITY DEFINER: numbers are rented by the installation, so no login may give itself one.
set local role wedsync_definer;
create or replace function ops.assign_sms_number(target_org uuid, new_number text) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  if not exists (select from wedding.organizations o where o.id = target_org) then
    return false;
  end if;
  if new_number is null then
    delete from wedding.sms_numbers n where n.org_id = target_org;
    return found;
  end if;
  insert into wedding.sms_numbers as n (org_id, number) values (target_org, new_number)
  on conflict (org_id) do update set number = excluded.number, created_at = now();
  return true;
end
$$;
comment on function ops.assign_sms_number(uuid, text) is
  'Gives a company its number, or takes it away where the number is NULL; false where there was none';
revoke execute on function ops.assign_sms_number(uuid, text) from public;
grant execute on function ops.assign_sms_number(uuid, text) to wedsync_app;
