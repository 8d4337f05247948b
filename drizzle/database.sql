-- Objects of the database itself, applied by the administrator after the roles, idempotent.
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;
create extension if not exists btree_gist with schema public;

-- Statistics exist only where the server preloads the library (the embedded one does).
do $$
begin
  if current_setting('shared_preload_libraries') like '%pg_stat_statements%' then
    create extension if not exists pg_stat_statements with schema public;
  end if;
end
$$;

create schema if not exists wedding authorization wedsync_owner;
create schema if not exists ops authorization wedsync_owner;
create schema if not exists auth authorization wedsync_owner;
comment on schema wedding is 'Business data; every tenant table under forced row-level security';
comment on schema ops is 'Operations of the database: migrations, outbox, rate limits, heartbeats';
comment on schema auth is 'Accounts and credentials; only wedsync_auth reads credentials';

revoke all on schema public from public;
grant usage on schema public to
  wedsync_owner, wedsync_definer, wedsync_app, wedsync_guest, wedsync_worker, wedsync_auth, wedsync_monitor;
grant usage on schema wedding, ops
  to wedsync_app, wedsync_guest, wedsync_worker, wedsync_definer, wedsync_monitor;
grant usage on schema ops to wedsync_auth;
grant usage on schema auth to wedsync_auth, wedsync_definer, wedsync_app, wedsync_worker;
-- A function's new owner needs CREATE on the schema at the moment it is handed over.
grant create on schema wedding, ops, auth to wedsync_definer;

do $$
declare
  member text;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach member in array array[
    'wedsync_owner', 'wedsync_app', 'wedsync_worker', 'wedsync_auth',
    'wedsync_monitor', 'wedsync_tuner', 'wedsync_backup'
  ] loop
    execute format('grant connect on database %I to %I', current_database(), member);
  end loop;
  -- BullMQ's PostgreSQL backend works with temporary tables.
  execute format('grant temporary on database %I to wedsync_worker', current_database());
  -- REFRESH MATERIALIZED VIEW CONCURRENTLY compares through one, as the view's owner.
  execute format('grant temporary on database %I to wedsync_owner', current_database());
  -- Functions are executable by PUBLIC unless said otherwise.
  execute 'alter default privileges for role wedsync_owner revoke execute on functions from public';
  execute 'alter default privileges for role wedsync_definer revoke execute on functions from public';
end
$$;

-- BullMQ's own tables, where PostgreSQL is the queue: created by its migrations as the worker.
create schema if not exists bullmq authorization wedsync_worker;
grant usage on schema bullmq to wedsync_app, wedsync_monitor;
alter default privileges for role wedsync_worker in schema bullmq
  grant select, insert, update, delete on tables to wedsync_app;
alter default privileges for role wedsync_worker in schema bullmq
  grant usage, select on sequences to wedsync_app;
