-- Templates, messages, the ledger of deliveries, suppressions and unsubscribe links.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Templates ----------------------------------------------------------------------------------
create table wedding.message_templates (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  subject text not null,
  body text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint message_templates_pk primary key (wedding_id, id),
  constraint message_templates_kind_ck
    check (kind in ('save_the_date', 'invitation', 'reminder', 'thank_you', 'other')),
  constraint message_templates_name_ck check (length(name) between 1 and 100),
  constraint message_templates_subject_ck
    check (length(subject) between 1 and 200 and subject !~ '[[:cntrl:]]'),
  constraint message_templates_body_ck check (length(body) between 1 and 20000)
);
create unique index message_templates_name_uq
  on wedding.message_templates (wedding_id, lower(name));
comment on table wedding.message_templates is 'Wording that a planner reuses; Liquid merge fields in plain text';
call ops.protect_tenant_table('wedding.message_templates',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- Messages -----------------------------------------------------------------------------------
create table wedding.messages (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  template_id uuid,
  kind text not null,
  channel text not null default 'email',
  title text not null,
  subject text not null,
  body text not null,
  reply_to text,
  audience jsonb not null default '{}',
  state text not null default 'draft',
  audience_count int,
  queued_at timestamptz,
  expanded_at timestamptz,
  finished_at timestamptz,
  created_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint messages_pk primary key (wedding_id, id),
  constraint messages_template_id_fk foreign key (wedding_id, template_id)
    references wedding.message_templates (wedding_id, id) on delete set null (template_id),
  constraint messages_kind_ck
    check (kind in ('save_the_date', 'invitation', 'reminder', 'thank_you', 'other')),
  constraint messages_channel_ck check (channel in ('email')),
  constraint messages_state_ck
    check (state in ('draft', 'queued', 'sending', 'paused', 'sent', 'cancelled')),
  constraint messages_title_ck check (length(title) between 1 and 120),
  constraint messages_subject_ck
    check (length(subject) between 1 and 200 and subject !~ '[[:cntrl:]]'),
  constraint messages_body_ck check (length(body) between 1 and 20000),
  constraint messages_expanded_at_ck check ((expanded_at is null) = (audience_count is null)),
  constraint messages_sending_ck check (state not in ('sending', 'sent') or expanded_at is not null),
  constraint messages_finished_at_ck check ((state in ('sent', 'cancelled')) = (finished_at is not null))
);
create index messages_wedding_id_created_at_ix on wedding.messages (wedding_id, created_at desc, id);
create index messages_template_id_ix on wedding.messages (wedding_id, template_id)
  where template_id is not null;
create index messages_active_ix on wedding.messages (queued_at)
  where state in ('queued', 'sending');
comment on table wedding.messages is 'One intent to write to many guests; wording and audience are frozen when it is sent';
comment on column wedding.messages.audience is 'Who shall get it, as chosen; the rows of deliveries are who it became';
comment on column wedding.messages.audience_count is 'Rows the expansion wrote; the states of the deliveries sum to it';
call ops.protect_tenant_table('wedding.messages',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- Deliveries ---------------------------------------------------------------------------------
-- Every key contains message_id, a UUIDv7, so that the table can become a partition by time as is.
-- There is no version column: the lease epoch fences every writer, and a touch trigger would cost
-- a function call per recipient.
create table wedding.deliveries (
  wedding_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  guest_id uuid,
  household_id uuid,
  channel text not null,
  address text,
  address_hash bytea,
  carried_by_id uuid,
  shard int not null default 0,
  state text not null,
  reason text,
  code text,
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_until timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deliveries_pk primary key (wedding_id, message_id, id),
  constraint deliveries_guest_uq unique (wedding_id, message_id, guest_id, channel),
  constraint deliveries_message_id_fk foreign key (wedding_id, message_id)
    references wedding.messages (wedding_id, id) on delete cascade,
  constraint deliveries_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete set null (guest_id),
  constraint deliveries_household_id_fk foreign key (wedding_id, household_id)
    references wedding.households (wedding_id, id) on delete set null (household_id),
  constraint deliveries_carried_by_id_fk foreign key (wedding_id, message_id, carried_by_id)
    references wedding.deliveries (wedding_id, message_id, id) on delete no action
    deferrable initially deferred,
  constraint deliveries_channel_ck check (channel in ('email')),
  constraint deliveries_state_ck check
    (state in ('ready', 'claimed', 'sent', 'failed', 'skipped', 'in_doubt', 'cancelled')),
  constraint deliveries_reason_ck check
    (state not in ('failed', 'skipped', 'in_doubt') or reason is not null),
  constraint deliveries_address_ck check
    (state not in ('ready', 'claimed', 'sent', 'in_doubt') or address_hash is not null),
  constraint deliveries_lease_ck check
    ((state = 'claimed') = (lease_until is not null) and (lease_until is null or lease_owner is not null)),
  constraint deliveries_sent_at_ck check ((state = 'sent') = (sent_at is not null))
);
create index deliveries_ready_ix on wedding.deliveries (wedding_id, message_id, shard, next_attempt_at)
  where state = 'ready';
create index deliveries_claimed_ix on wedding.deliveries (lease_until) where state = 'claimed';
create index deliveries_message_id_state_ix on wedding.deliveries (wedding_id, message_id, state, id);
create index deliveries_guest_id_ix on wedding.deliveries (wedding_id, guest_id, created_at desc);
create index deliveries_household_id_ix on wedding.deliveries (wedding_id, household_id);
create index deliveries_carried_by_id_ix on wedding.deliveries (wedding_id, message_id, carried_by_id)
  where carried_by_id is not null;
comment on table wedding.deliveries is 'The ledger: one row per message, guest and channel, with what became of it; a guest who gets nothing has a row that says why';
comment on column wedding.deliveries.guest_id is 'NULL once the guest was removed; the row stays, because the message was part of the record';
comment on column wedding.deliveries.address is 'Where it goes, as it stood when the audience was frozen';
comment on column wedding.deliveries.address_hash is 'HMAC-SHA-256 of the normalized address under the key of this wedding';
comment on column wedding.deliveries.carried_by_id is 'The delivery of the same message that speaks for this guest too';
comment on column wedding.deliveries.lease_owner is 'The worker process that claimed the row; names its journal file';
comment on column wedding.deliveries.lease_epoch is 'Fencing: a result is accepted only under the epoch of the claim it belongs to';
comment on column wedding.deliveries.code is 'Enhanced status code (RFC 3463) or reply code of the mail server';
call ops.protect_tenant_table('wedding.deliveries',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

create sequence wedding.delivery_lease_epochs as bigint;
comment on sequence wedding.delivery_lease_epochs is 'One number per claimed batch, never reused';
grant usage on sequence wedding.delivery_lease_epochs to wedsync_worker;

create function wedding.refuse_sent_change() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception 'delivery % was sent; what was sent stays sent', old.id
    using errcode = 'check_violation', constraint = 'deliveries_sent_is_final';
end
$$;
comment on function wedding.refuse_sent_change() is 'BEFORE UPDATE: a delivery never leaves the state sent';
create trigger deliveries_sent_is_final before update on wedding.deliveries
  for each row when (old.state = 'sent' and new.state <> 'sent')
  execute function wedding.refuse_sent_change();

create function wedding.refuse_unfinished_sent() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  if exists (
    select from wedding.deliveries d
    where d.wedding_id = new.wedding_id and d.message_id = new.id and d.state in ('ready', 'claimed')
  ) then
    raise exception 'message % still has unsent deliveries', new.id
      using errcode = 'check_violation', constraint = 'messages_sent_is_complete';
  end if;
  return new;
end
$$;
comment on function wedding.refuse_unfinished_sent() is 'BEFORE UPDATE: a message is sent only when every guest is accounted for';
create trigger messages_sent_is_complete before update on wedding.messages
  for each row when (new.state = 'sent' and old.state <> 'sent')
  execute function wedding.refuse_unfinished_sent();

-- Opting out ---------------------------------------------------------------------------------
create table wedding.suppressions (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  channel text not null,
  address_hash bytea not null,
  reason text not null,
  created_at timestamptz not null default now(),
  constraint suppressions_pk primary key (wedding_id, channel, address_hash),
  constraint suppressions_channel_ck check (channel in ('email')),
  constraint suppressions_reason_ck check (reason in ('unsubscribed', 'bounced', 'complained')),
  constraint suppressions_address_hash_ck check (length(address_hash) = 32)
);
comment on table wedding.suppressions is 'Addresses never written to again, as keyed hashes: the wish outlives the erasure of the guest and a second import';
call ops.protect_tenant_table('wedding.suppressions',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, delete');

create table wedding.unsubscribe_links (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  guest_id uuid not null,
  channel text not null,
  address_hash bytea not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  constraint unsubscribe_links_pk primary key (wedding_id, guest_id, channel, address_hash),
  constraint unsubscribe_links_token_hash_uq unique (token_hash),
  constraint unsubscribe_links_channel_ck check (channel in ('email')),
  constraint unsubscribe_links_token_hash_ck check (length(token_hash) = 32)
);
comment on table wedding.unsubscribe_links is 'What an unsubscribe token stands for; no foreign key to guests, because the link of an erased guest must still work';
call ops.protect_tenant_table('wedding.unsubscribe_links',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert');
