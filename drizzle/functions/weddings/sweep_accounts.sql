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
  )
  select (select count(*) from sessions) + (select count(*) from proofs) + (select count(*) from mails)
$$;
comment on function auth.sweep_accounts(interval) is 'Deletes ended sessions, spent proofs and old account mails';
revoke execute on function auth.sweep_accounts(interval) from public;
grant execute on function auth.sweep_accounts(interval) to wedsync_worker;
