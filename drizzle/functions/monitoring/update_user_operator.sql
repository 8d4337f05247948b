-- SECURITY DEFINER: operators act on accounts outside any organization or wedding.
set local role wedsync_definer;

create or replace function ops.update_user_operator(target_user uuid, operator boolean)
  returns table (was_operator boolean, ended_sessions int)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  account auth.users := ops.lock_user(target_user, $2);
begin
  if account.id is null then
    return;
  end if;
  update auth.users u set is_operator = $2, updated_at = now() where u.id = target_user;
  -- Sessions opened under other rights, with or without a second factor, end with them.
  return query select account.is_operator,
    case when account.is_operator is distinct from $2 then ops.remove_user_sessions(target_user) else 0 end;
end
$$;
comment on function ops.update_user_operator(uuid, boolean) is
  'Grants or takes the right to use the operators'' surface and ends the sessions; no row where the account does not exist';
revoke execute on function ops.update_user_operator(uuid, boolean) from public;
grant execute on function ops.update_user_operator(uuid, boolean) to wedsync_app;
