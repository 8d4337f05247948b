-- SECURITY DEFINER: operators work through wedsync_app, which may not change jobs otherwise.
set local role wedsync_definer;

create or replace function ops.retry_job(job_id uuid) returns text
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if session_user = 'wedsync_app' then
    perform ops.require_operator();
  end if;
  update ops.outbox
  set state = 'pending', attempts = 0, run_at = now(), finished_at = null, relayed_at = null,
    lease_until = null, lease_epoch = lease_epoch + 1
  where id = job_id and state = 'failed';
  return case when found then 'retried' else 'not-failed' end;
exception when unique_violation then
  return 'duplicate';
end
$$;
comment on function ops.retry_job(uuid) is
  'Starts a failed job over: retried, not-failed, or duplicate when its dedupe key is taken';
revoke execute on function ops.retry_job(uuid) from public;
grant execute on function ops.retry_job(uuid) to wedsync_app, wedsync_worker;
