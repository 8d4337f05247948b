-- SECURITY DEFINER: no login but wedsync_auth may touch sessions; the definer sees neither token nor address.
set local role wedsync_definer;

create or replace function ops.remove_user_sessions(target_user uuid) returns int
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  ended int;
begin
  perform ops.require_operator();
  delete from auth.sessions s where s.user_id = target_user;
  get diagnostics ended = row_count;
  return ended;
end
$$;
comment on function ops.remove_user_sessions(uuid) is 'Signs a user out of every browser; how many sessions ended';
revoke execute on function ops.remove_user_sessions(uuid) from public;
grant execute on function ops.remove_user_sessions(uuid) to wedsync_app;
