set local role wedsync_definer;

-- SECURITY DEFINER: the worker may read neither accounts nor proofs; it gets exactly the one mail
-- that its job names, and only until it is sent.
create or replace function auth.read_account_email(target uuid)
  returns table (kind text, user_id uuid, email text, name text, sealed_token text)
  language sql stable security definer set search_path = '' rows 1
as $$
  select e.kind, e.user_id, u.email, u.name, e.sealed_token
  from auth.account_emails e
  join auth.users u on u.id = e.user_id
  where e.id = target and e.sent_at is null and e.expires_at > now()
$$;
comment on function auth.read_account_email(uuid) is 'An account mail that is still to be sent';

create or replace function auth.finish_account_email(target uuid) returns void
  language sql volatile security definer set search_path = ''
as $$
  update auth.account_emails set sent_at = now(), sealed_token = null where id = target
$$;
comment on function auth.finish_account_email(uuid) is 'Marks an account mail as sent and forgets its token';

revoke execute on function auth.read_account_email(uuid), auth.finish_account_email(uuid) from public;
grant execute on function auth.read_account_email(uuid), auth.finish_account_email(uuid) to wedsync_worker;
