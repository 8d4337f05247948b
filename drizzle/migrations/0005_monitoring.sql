-- What operators did, and what their surface may see of accounts.
set lock_timeout = '5s';
set statement_timeout = '60s';

create table ops.operator_audit (
  id uuid primary key,
  at timestamptz not null default now(),
  operator_id uuid not null,
  action text not null,
  entity text not null,
  entity_id text,
  before jsonb,
  after jsonb,
  request_id text not null,
  constraint operator_audit_operator_id_fk foreign key (operator_id) references auth.users (id) on delete restrict,
  constraint operator_audit_action_ck check (length(action) between 3 and 80)
);
create index operator_audit_operator_id_ix on ops.operator_audit (operator_id, id desc);
create index operator_audit_entity_entity_id_ix on ops.operator_audit (entity, entity_id, id desc);
comment on table ops.operator_audit is
  'What operators did to the installation, its companies and accounts; append-only, ids and settings only, never personal data';
comment on column ops.operator_audit.id is 'UUIDv7: ordered by time, so it is also the page cursor';
comment on column ops.operator_audit.entity_id is 'Text, because not everything that operators touch has a UUID';

-- Written and read through system functions alone: a login that could insert here could forge.
grant select, insert on ops.operator_audit to wedsync_definer;

create function ops.refuse_rewrite() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception '% on %.% is refused: it is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
comment on function ops.refuse_rewrite() is 'BEFORE UPDATE, DELETE or TRUNCATE: history is not rewritten, not even by the owner';
create trigger operator_audit_append_only before update or delete or truncate on ops.operator_audit
  for each statement execute function ops.refuse_rewrite();

-- The list of users says who has a passkey; nothing of the passkey itself.
create policy passkeys_system on auth.passkeys for select to wedsync_definer using (true);
grant select (user_id) on auth.passkeys to wedsync_definer;

-- Keyset pages of the lists, newest first, need no index of their own: the ids are UUIDv7.

