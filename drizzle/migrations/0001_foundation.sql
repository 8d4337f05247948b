-- Claims, tenant protection, outbox, audit and change feed: what every room stands on.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Claims -------------------------------------------------------------------------------------
-- Set by the server with set_config(…, true) in the transaction they hold for; a missing claim is
-- NULL and matches no row. Their bodies are bound when they are created, so that they need no
-- search path, without which the planner puts the body in the place of the call (measured: a third of
-- what row-level security costs a short read).
create function wedding.current_wedding_id() returns uuid
  language sql stable parallel safe
  -- A household's claim counts under its own role: without it the server shows nothing.
  return case when current_user <> 'wedsync_app' or coalesce(current_setting('app.household_id', true), '') = ''
    then nullif(current_setting('app.wedding_id', true), '')::uuid end;
create function wedding.current_org_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.org_id', true), '')::uuid;
create function wedding.current_user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;
create function wedding.current_household_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.household_id', true), '')::uuid;
comment on function wedding.current_wedding_id() is 'Claim: the wedding this transaction works in';
comment on function wedding.current_org_id() is 'Claim: the planner company this transaction works in';
comment on function wedding.current_user_id() is 'Claim: the signed-in user';
comment on function wedding.current_household_id() is 'Claim: the household of a guest link, under the role wedsync_guest';
grant execute on function wedding.current_wedding_id(), wedding.current_org_id(),
  wedding.current_user_id(), wedding.current_household_id()
  to wedsync_app, wedsync_guest, wedsync_worker, wedsync_auth, wedsync_definer;

-- Row bookkeeping ----------------------------------------------------------------------------
create function ops.touch_row() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;
comment on function ops.touch_row() is 'BEFORE UPDATE: counts the version that optimistic locking compares';

create function ops.refuse_truncate() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception 'TRUNCATE on %.% is refused: row-level security does not cover it',
    tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
comment on function ops.refuse_truncate() is 'BEFORE TRUNCATE: FORCE ROW LEVEL SECURITY does not stop TRUNCATE';

-- Claim functions are wrapped in a scalar sub-select so that the planner evaluates them once.
create procedure ops.protect_tenant_table(target regclass, visible text, actions text default 'select, insert, update, delete')
  language plpgsql set search_path = ''
as $$
declare
  relation text := (select relname from pg_catalog.pg_class where oid = target);
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy %I on %s to wedsync_app, wedsync_worker using (%s) with check (%s)',
    relation || '_tenant', target, visible, visible);
  execute format(
    'create policy %I on %s to wedsync_definer using (true) with check (true)',
    relation || '_system', target);
  execute format(
    'create trigger %I before truncate on %s execute function ops.refuse_truncate()',
    relation || '_no_truncate', target);
  execute format('grant %s on %s to wedsync_app, wedsync_worker', actions, target);
  execute format('grant select, insert, update, delete on %s to wedsync_definer', target);
  if exists (select from pg_catalog.pg_attribute
             where attrelid = target and attname = 'version' and not attisdropped) then
    execute format(
      'create trigger %I before update on %s for each row execute function ops.touch_row()',
      relation || '_touch', target);
  end if;
end
$$;
comment on procedure ops.protect_tenant_table(regclass, text, text) is
  'Puts a table under forced row-level security with the given visibility, grants, version and TRUNCATE triggers';

-- A role of its own keeps the household's condition out of everybody else's statements, where it
-- would be evaluated per row and spoil the planner's estimates.
create procedure ops.open_to_households(target regclass, visible text, actions text default 'select')
  language plpgsql set search_path = ''
as $$
begin
  execute format(
    'create policy %I on %s to wedsync_guest using (%s) with check (%s)',
    (select relname from pg_catalog.pg_class where oid = target) || '_household', target, visible, visible);
  execute format('grant %s on %s to wedsync_guest', actions, target);
end
$$;
comment on procedure ops.open_to_households(regclass, text, text) is
  'Lets the link of a household reach rows of a protected table; what is not opened stays closed to it';

-- Outbox -------------------------------------------------------------------------------------
create table ops.outbox (
  id uuid primary key,
  job_name text not null,
  queue text not null,
  payload jsonb not null,
  dedupe_key text,
  run_at timestamptz not null default now(),
  state text not null default 'pending',
  attempts int not null default 0,
  lease_until timestamptz,
  lease_epoch bigint not null default 0,
  last_error text,
  request_id text,
  created_at timestamptz not null default now(),
  relayed_at timestamptz,
  finished_at timestamptz,
  constraint outbox_state_ck check (state in ('pending', 'relayed', 'done', 'failed', 'cancelled'))
);
create index outbox_pending_ix on ops.outbox (run_at) where state = 'pending';
create index outbox_relayed_ix on ops.outbox (relayed_at) where state = 'relayed';
create index outbox_finished_ix on ops.outbox (finished_at) where state in ('done', 'failed', 'cancelled');
-- "When did this schedule last run?" must not read the whole ledger.
create index outbox_schedule_ix on ops.outbox (job_name, created_at desc) where dedupe_key like 'schedule:%';
create unique index outbox_dedupe_key_uq on ops.outbox (dedupe_key)
  where dedupe_key is not null and state in ('pending', 'relayed');
comment on table ops.outbox is 'Jobs written in the transaction that needs them; the queue only wakes what stands here. Ids only, never personal data';
comment on column ops.outbox.lease_epoch is 'Fencing: a worker finishes a job only under the epoch that it claimed';
comment on column ops.outbox.dedupe_key is 'At most one unfinished job per key';
grant select, insert on ops.outbox to wedsync_app, wedsync_guest;
grant select, insert, update, delete on ops.outbox to wedsync_worker;
grant select, insert, update on ops.outbox to wedsync_definer;
grant select on ops.outbox to wedsync_monitor;

create table ops.heartbeats (
  service text not null,
  instance text not null,
  version text not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now(),
  database_latency_ms real not null,
  details jsonb not null default '{}',
  constraint heartbeats_pk primary key (service, instance)
);
comment on table ops.heartbeats is 'One row per running process, renewed every 30 s with the measured database latency';
grant select, insert, update, delete on ops.heartbeats to wedsync_app, wedsync_worker;
grant select on ops.heartbeats to wedsync_monitor;

create table ops.rate_limits (
  key text primary key,
  points bigint not null default 0,
  expire bigint
);
comment on table ops.rate_limits is 'Shared counters of the rate limiter where no Redis is configured; keys are hashes';
grant select, insert, update, delete on ops.rate_limits to wedsync_app;

-- Audit --------------------------------------------------------------------------------------
create table wedding.audit_log (
  org_id uuid not null,
  id uuid not null,
  wedding_id uuid,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  entity text not null,
  entity_id uuid,
  before jsonb,
  after jsonb,
  request_id text not null,
  constraint audit_log_pk primary key (org_id, id),
  constraint audit_log_actor_kind_ck check (actor_kind in ('user', 'guest_link', 'operator', 'system'))
);
create index audit_log_wedding_id_entity_id_ix on wedding.audit_log (wedding_id, entity_id, at desc);
create index audit_log_wedding_id_at_ix on wedding.audit_log (wedding_id, at desc);
comment on table wedding.audit_log is 'Who changed what, written in the same transaction as the change; append-only';
call ops.protect_tenant_table('wedding.audit_log',
  'wedding_id = (select wedding.current_wedding_id()) or org_id = (select wedding.current_org_id())',
  'select, insert');
call ops.open_to_households('wedding.audit_log', 'wedding_id = (select wedding.current_wedding_id())', 'insert');

-- Change feed --------------------------------------------------------------------------------
create table wedding.change_counters (
  wedding_id uuid primary key,
  seq bigint not null default 0
);
comment on table wedding.change_counters is 'Last sequence number of each wedding''s change feed; its row lock orders the feed by commit';
call ops.protect_tenant_table('wedding.change_counters', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.change_counters', 'wedding_id = (select wedding.current_wedding_id())',
  'select, insert, update');

create table wedding.changes (
  wedding_id uuid not null,
  seq bigint not null,
  at timestamptz not null default now(),
  entity text not null,
  entity_id uuid,
  kind text not null,
  actor_id uuid,
  constraint changes_pk primary key (wedding_id, seq),
  constraint changes_kind_ck check (kind in ('created', 'updated', 'removed', 'bulk'))
);
comment on table wedding.changes is 'What other browsers must refetch, numbered without gaps per wedding; ids only';
call ops.protect_tenant_table('wedding.changes', 'wedding_id = (select wedding.current_wedding_id())',
  'select, insert, delete');
call ops.open_to_households('wedding.changes', 'wedding_id = (select wedding.current_wedding_id())', 'insert');
