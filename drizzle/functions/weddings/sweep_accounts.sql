set local role wedsync_definer;

-- SECURITY DEFINER: deletes what is past its end in tables that no other login may touch.
create or replace function auth.sweep_accounts(idle interval) returns bigint
  language sql volatile security definer set search_path = ''
as $$
  with sessions as (
    delete from auth.sessions where expires_at < now() or last_seen_at < now() - idle returning 1
  ), proofs as (
    delete from auth.verifications where expires_at < now() returning 1
  ), mails as (
    delete from auth.account_emails where expires_at < now() - interval '7 days' returning 1
  ), counters as (
    -- Of attempts to sign in, in milliseconds; a server that is gone does not tidy up its own.
    delete from ops.rate_limits where expire < extract(epoch from now()) * 1000 returning 1
  )
  select (select count(*) from sessions) + (select count(*) from proofs)
    + (select count(*) from mails) + (select count(*) from counters)
$$;
comment on function auth.sweep_accounts(interval) is 'Deletes ended sessions, spent proofs, old account mails and run-out rate limits';
revoke execute on function auth.sweep_accounts(interval) from public;
grant execute on function auth.sweep_accounts(interval) to wedsync_worker;
