set local role wedsync_definer;

-- SECURITY DEFINER: operators work across tenants; the caller has checked operator and second
-- factor, and these check the claim again.
create or replace function auth.require_operator() returns void
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if not exists (
    select from auth.users
    where id = (select wedding.current_user_id()) and is_operator and disabled_at is null
  ) then
    raise exception 'Only operators may do this.' using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function auth.require_operator() is 'Refuses everybody but an operator who is not disabled';

create or replace function wedding.list_organizations(search text, row_limit int)
  returns table (
    org_id uuid, name text, tier text, weddings bigint, members bigint, created_at timestamptz)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform auth.require_operator();
  return query
    select o.id, o.name, o.tier,
      (select count(*) from wedding.weddings w where w.org_id = o.id and w.archived_at is null),
      (select count(*) from wedding.org_members m where m.org_id = o.id), o.created_at
    from wedding.organizations o
    where search = '' or strpos(lower(o.name), lower(search)) > 0
    order by o.name, o.id limit row_limit;
end
$$;
comment on function wedding.list_organizations(text, int) is 'Operators: planner companies with their sizes';

create or replace function auth.list_users(search text, row_limit int)
  returns table (
    user_id uuid, name text, email text, is_operator boolean, two_factor_enabled boolean,
    disabled_at timestamptz, created_at timestamptz, sessions bigint, last_seen_at timestamptz)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform auth.require_operator();
  return query
    select u.id, u.name, u.email, u.is_operator, u.two_factor_enabled, u.disabled_at, u.created_at,
      count(s.id), max(s.last_seen_at)
    from auth.users u
    left join auth.sessions s on s.user_id = u.id and s.expires_at > now()
    where search = '' or strpos(lower(u.name), lower(search)) > 0 or strpos(u.email, lower(search)) > 0
    group by u.id order by u.name, u.id limit row_limit;
end
$$;
comment on function auth.list_users(text, int) is 'Operators: accounts with their second factor and activity';

create or replace function wedding.set_organization_tier(target uuid, new_tier text) returns text
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  old_tier text;
begin
  perform auth.require_operator();
  select tier into old_tier from wedding.organizations where id = target for update;
  update wedding.organizations set tier = new_tier where id = target;
  return old_tier;
end
$$;
comment on function wedding.set_organization_tier(uuid, text) is
  'Operators: changes a company''s tier; answers the former one, null where there is no such company';

create or replace function auth.set_user_disabled(target uuid, disabled boolean) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform auth.require_operator();
  update auth.users set disabled_at = case when disabled then coalesce(disabled_at, now()) end
    where id = target;
  if not found then
    return false;
  end if;
  if disabled then
    delete from auth.sessions where user_id = target;
  end if;
  return true;
end
$$;
comment on function auth.set_user_disabled(uuid, boolean) is
  'Operators: disables an account and ends its sessions, or enables it again';

revoke execute on function auth.require_operator(), wedding.list_organizations(text, int),
  auth.list_users(text, int), wedding.set_organization_tier(uuid, text),
  auth.set_user_disabled(uuid, boolean) from public;
grant execute on function wedding.list_organizations(text, int), auth.list_users(text, int),
  wedding.set_organization_tier(uuid, text), auth.set_user_disabled(uuid, boolean) to wedsync_app;
