set local role wedsync_definer;

-- SECURITY DEFINER: the application's login reads no sessions and writes no accounts. Each of these
-- answers only about the user of the transaction, and none returns a credential.
create or replace function auth.my_account()
  returns table (name text, email text, is_operator boolean, two_factor_enabled boolean, passkeys bigint)
  language sql stable security definer set search_path = '' rows 1
as $$
  select u.name, u.email, u.is_operator, u.two_factor_enabled,
    (select count(*) from auth.passkeys p where p.user_id = u.id)
  from auth.users u where u.id = (select wedding.current_user_id())
$$;
comment on function auth.my_account() is 'The current user''s account, without credentials';

create or replace function auth.rename_me(new_name text) returns void
  language sql volatile security definer set search_path = ''
as $$
  update auth.users set name = new_name, updated_at = now()
  where id = (select wedding.current_user_id())
$$;
comment on function auth.rename_me(text) is 'Changes the current user''s name';

create or replace function auth.list_my_sessions(idle interval)
  returns table (
    id uuid, strength text, ip_address text, user_agent text,
    created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = ''
as $$
  select s.id, s.strength, s.ip_address, s.user_agent, s.created_at, s.last_seen_at, s.expires_at
  from auth.sessions s
  where s.user_id = (select wedding.current_user_id())
    and s.expires_at > now() and s.last_seen_at > now() - idle
  order by s.last_seen_at desc, s.id
  limit 200
$$;
comment on function auth.list_my_sessions(interval) is 'Browsers in which the current user is signed in';

create or replace function auth.revoke_my_sessions(only_session uuid, except_session uuid) returns bigint
  language sql volatile security definer set search_path = ''
as $$
  with gone as (
    delete from auth.sessions
    where user_id = (select wedding.current_user_id())
      and (only_session is null or id = only_session)
      and id is distinct from except_session
    returning 1
  )
  select count(*) from gone
$$;
comment on function auth.revoke_my_sessions(uuid, uuid) is
  'Signs the current user out of one browser, or of all but one; answers how many';

revoke execute on function auth.my_account(), auth.rename_me(text), auth.list_my_sessions(interval),
  auth.revoke_my_sessions(uuid, uuid) from public;
grant execute on function auth.my_account(), auth.rename_me(text), auth.list_my_sessions(interval),
  auth.revoke_my_sessions(uuid, uuid) to wedsync_app;
