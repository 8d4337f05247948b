-- SECURITY DEFINER: operators act on accounts outside any organization or wedding.
set local role wedsync_definer;

create or replace function ops.lock_user(target_user uuid, keeps_operator boolean) returns auth.users
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  operator uuid := ops.require_operator();
  account auth.users;
begin
  -- In id order, so that two operators who act on each other queue up instead of deadlocking.
  perform from auth.users u where u.is_operator or u.id = target_user order by u.id for update;
  select * into account from auth.users u where u.id = target_user;
  if account.id is null or keeps_operator then
    return account;
  end if;
  if target_user = operator then
    raise exception 'You cannot do this to your own account. Ask another operator.'
      using errcode = 'check_violation', constraint = 'users_own_access_ck', schema = 'auth', table = 'users';
  end if;
  -- Whoever asked may have lost the right while this waited for the lock.
  perform ops.require_operator();
  return account;
end
$$;
comment on function ops.lock_user(uuid, boolean) is
  'Locks an account and every operator; refuses to take access from oneself, so at least one operator always remains';
revoke execute on function ops.lock_user(uuid, boolean) from public;
