-- SECURITY DEFINER: companies may not change their own tier, so no login has that right on the table.
set local role wedsync_definer;

create or replace function ops.update_organization_tier(target_org uuid, new_tier text, seen_version int)
  returns table (is_current boolean, tier_before text, version int)
  language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  organization wedding.organizations;
begin
  perform ops.require_operator();
  select * into organization from wedding.organizations o where o.id = target_org for update;
  if not found then
    return;
  end if;
  if organization.version <> seen_version then
    return query select false, organization.tier, organization.version;
    return;
  end if;
  return query
  update wedding.organizations o set tier = new_tier where o.id = target_org
  returning true, organization.tier, o.version;
end
$$;
comment on function ops.update_organization_tier(uuid, text, int) is
  'Sets a company''s tier unless it changed since seen_version; no row where the company does not exist';
revoke execute on function ops.update_organization_tier(uuid, text, int) from public;
grant execute on function ops.update_organization_tier(uuid, text, int) to wedsync_app;
