-- SECURITY DEFINER: operators work through wedsync_app, which may not change jobs otherwise.
set local role wedsync_definer;

create or replace function ops.cancel_job(job_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if session_user = 'wedsync_app' then
    perform ops.require_operator();
  end if;
  -- The raised epoch fences off a worker that is running the job.
  update ops.outbox
  set state = 'cancelled', finished_at = now(), lease_until = null, lease_epoch = lease_epoch + 1
  where id = job_id and state in ('pending', 'relayed');
  return found;
end
$$;
comment on function ops.cancel_job(uuid) is 'Cancels a job that has not finished; false when there is none';
revoke execute on function ops.cancel_job(uuid) from public;
grant execute on function ops.cancel_job(uuid) to wedsync_app, wedsync_worker;
