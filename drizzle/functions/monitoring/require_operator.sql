-- SECURITY DEFINER: it reads an account outside any organization or wedding. The server has checked
-- session and second factor already; this is the database's own lock on everything below.
set local role wedsync_definer;

create or replace function ops.require_operator() returns uuid
  language plpgsql stable security definer set search_path = ''
as $$
declare
  operator uuid := wedding.current_user_id();
begin
  if current_setting('app.actor_kind', true) is distinct from 'operator'
    or not exists (
      select from auth.users u where u.id = operator and u.is_operator and u.disabled_at is null) then
    raise exception 'Only operators may do this.' using errcode = 'insufficient_privilege';
  end if;
  return operator;
end
$$;
comment on function ops.require_operator() is
  'The operator in whose name this transaction works; raises where the claims name none';
revoke execute on function ops.require_operator() from public;
grant execute on function ops.require_operator() to wedsync_app;
