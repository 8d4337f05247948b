-- Cluster-level objects, applied by the administrator before the migrations, idempotent.
-- Passwords are set by the runner afterwards; no password ever stands in a file.
do $$
declare
  login text;
begin
  foreach login in array array[
    'wedsync_owner', 'wedsync_app', 'wedsync_worker', 'wedsync_auth',
    'wedsync_monitor', 'wedsync_tuner', 'wedsync_backup'
  ] loop
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login noinherit nosuperuser nocreatedb nocreaterole nobypassrls', login);
    end if;
  end loop;
  -- Owns the SECURITY DEFINER functions and nothing else; nobody can log in as it.
  if not exists (select from pg_roles where rolname = 'wedsync_definer') then
    create role wedsync_definer nologin noinherit nosuperuser nobypassrls;
  end if;
  -- What a household's link may reach. The server puts it on for the length of a transaction.
  if not exists (select from pg_roles where rolname = 'wedsync_guest') then
    create role wedsync_guest nologin noinherit nosuperuser nobypassrls;
  end if;
end
$$;

-- The owner hands the system functions over to the definer role and runs data migrations as it.
grant wedsync_definer to wedsync_owner;
grant wedsync_guest to wedsync_app;
alter role wedsync_monitor inherit;
grant pg_monitor to wedsync_monitor;
alter role wedsync_backup replication;

-- A runaway statement, lock or transaction is ended by the server, whatever the client does.
alter role wedsync_owner set lock_timeout = '5s';
alter role wedsync_app set statement_timeout = '10s';
alter role wedsync_app set lock_timeout = '3s';
alter role wedsync_app set idle_in_transaction_session_timeout = '15s';
alter role wedsync_worker set statement_timeout = '120s';
alter role wedsync_worker set lock_timeout = '10s';
alter role wedsync_worker set idle_in_transaction_session_timeout = '60s';
alter role wedsync_auth set statement_timeout = '5s';
alter role wedsync_auth set lock_timeout = '2s';
alter role wedsync_auth set idle_in_transaction_session_timeout = '10s';
alter role wedsync_monitor set statement_timeout = '5s';
alter role wedsync_monitor set default_transaction_read_only = 'on';
