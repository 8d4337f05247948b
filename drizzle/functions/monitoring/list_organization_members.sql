-- SECURITY DEFINER: an operator has no claim on the company.
set local role wedsync_definer;

create or replace function ops.list_organization_members(target_org uuid)
  returns table (user_id uuid, name text, email text, role text, disabled_at timestamptz, created_at timestamptz)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select m.user_id, u.name, u.email, m.role, u.disabled_at, m.created_at
  from wedding.org_members m
  join auth.users u on u.id = m.user_id
  where m.org_id = target_org
  order by array_position(array['owner', 'planner', 'assistant'], m.role), lower(u.name)
  limit 500;
end
$$;
comment on function ops.list_organization_members(uuid) is 'Who works in a planner company, owners first';
revoke execute on function ops.list_organization_members(uuid) from public;
grant execute on function ops.list_organization_members(uuid) to wedsync_app;
