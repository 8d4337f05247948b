-- SECURITY DEFINER: the list spans all companies; it shows accounts and never a credential.
set local role wedsync_definer;

create or replace function ops.list_users(wanted text, wanted_kind text, older_than uuid, page_size int)
  returns table (
    id uuid, name text, email text, email_verified boolean, is_operator boolean, has_totp boolean,
    has_passkey boolean, disabled_at timestamptz, created_at timestamptz, sessions int,
    last_seen_at timestamptz, organizations jsonb)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select u.id, u.name, u.email, u.email_verified, u.is_operator, u.two_factor_enabled,
    exists (select from auth.passkeys p where p.user_id = u.id),
    u.disabled_at, u.created_at, s.sessions, s.last_seen_at,
    (select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'role', m.role) order by lower(o.name)), '[]')
      from wedding.org_members m join wedding.organizations o on o.id = m.org_id where m.user_id = u.id)
  from auth.users u
  cross join lateral (
    select count(*) filter (where x.expires_at > now())::int as sessions, max(x.last_seen_at) as last_seen_at
    from auth.sessions x where x.user_id = u.id
  ) s
  where (older_than is null or u.id < older_than)
    and case wanted_kind when 'operators' then u.is_operator when 'disabled' then u.disabled_at is not null else true end
    and (wanted = '' or position(lower(wanted) in lower(u.name || ' ' || u.email)) > 0)
  order by u.id desc
  limit page_size;
end
$$;
comment on function ops.list_users(text, text, uuid, int) is
  'Accounts with their open sessions and companies, newest first; kind is operators, disabled or anything else for all';
revoke execute on function ops.list_users(text, text, uuid, int) from public;
grant execute on function ops.list_users(text, text, uuid, int) to wedsync_app;
