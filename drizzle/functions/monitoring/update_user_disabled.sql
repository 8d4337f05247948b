-- SECURITY DEFINER: operators act on accounts outside any organization or wedding.
set local role wedsync_definer;

create or replace function ops.update_user_disabled(target_user uuid, disable boolean)
  returns table (was_disabled boolean, ended_sessions int)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  account auth.users := ops.lock_user(target_user, not disable);
begin
  if account.id is null then
    return;
  end if;
  update auth.users u set
    disabled_at = case when disable then coalesce(u.disabled_at, now()) end,
    updated_at = now()
  where u.id = target_user;
  return query select account.disabled_at is not null,
    case when disable then ops.remove_user_sessions(target_user) else 0 end;
end
$$;
comment on function ops.update_user_disabled(uuid, boolean) is
  'Closes an account and ends its sessions, or opens it again; no row where it does not exist';
revoke execute on function ops.update_user_disabled(uuid, boolean) from public;
grant execute on function ops.update_user_disabled(uuid, boolean) to wedsync_app;
