-- What comes back: events of deliveries, receipts of webhooks, the wishes not to be written to.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Events of deliveries -------------------------------------------------------------------------
create table wedding.delivery_events (
  wedding_id uuid not null,
  message_id uuid not null,
  delivery_id uuid not null,
  id uuid not null,
  kind text not null,
  source text not null,
  bounce_class text,
  code text,
  provider text not null default 'other',
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  constraint delivery_events_pk primary key (wedding_id, message_id, delivery_id, id),
  constraint delivery_events_kind_ck check (kind in
    ('delivered', 'deferred', 'bounced', 'complained', 'unsubscribed', 'replied', 'auto_replied')),
  constraint delivery_events_source_ck check (source in ('mail', 'webhook', 'link')),
  constraint delivery_events_bounce_class_ck check
    ((kind = 'bounced') = (bounce_class is not null) and bounce_class in ('hard', 'soft', 'blocked')),
  constraint delivery_events_code_ck check (code ~ '^[A-Za-z0-9._-]{1,40}$'),
  constraint delivery_events_provider_ck check (provider ~ '^[a-z]{2,20}$')
) partition by range (message_id);
comment on table wedding.delivery_events is
  'What mail systems and guests reported about deliveries; append-only, as often and in whatever order it arrives';
comment on column wedding.delivery_events.id is
  'Follows from what the source says about itself, so that the same report counts once';
comment on column wedding.delivery_events.at is 'When it happened by the word of the source, never later than its arrival';
comment on column wedding.delivery_events.provider is 'Whose mail system; private domains are all "other", because they name people';
call ops.protect_tenant_table('wedding.delivery_events',
  'wedding_id = (select wedding.current_wedding_id())',
  'select');

create table wedding.delivery_events_default partition of wedding.delivery_events default;
alter table wedding.delivery_events_default enable row level security;
alter table wedding.delivery_events_default force row level security;
create trigger delivery_events_default_no_truncate before truncate on wedding.delivery_events_default
  execute function ops.refuse_truncate();
comment on table wedding.delivery_events_default is 'Must stay empty: catches what no monthly partition takes';

-- SECURITY DEFINER: what a foreign key would do, without a look-up per event.
set local role wedsync_definer;
create function wedding.remove_events_of_messages() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from wedding.delivery_events e using gone
  where e.wedding_id = gone.wedding_id and e.message_id = gone.id;
  return null;
end
$$;
comment on function wedding.remove_events_of_messages() is 'AFTER DELETE on messages, per statement: reports about them go with them';
revoke execute on function wedding.remove_events_of_messages() from public;
grant execute on function wedding.remove_events_of_messages() to wedsync_owner;
set local role wedsync_owner;
create trigger messages_remove_events after delete on wedding.messages
  referencing old table as gone for each statement execute function wedding.remove_events_of_messages();

-- Opting out -----------------------------------------------------------------------------------
create table wedding.suppressions (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  channel text not null,
  address_hash bytea not null,
  reason text not null,
  note text,
  created_by uuid,
  created_at timestamptz not null default now(),
  constraint suppressions_pk primary key (wedding_id, channel, address_hash),
  constraint suppressions_id_uq unique (wedding_id, id),
  constraint suppressions_channel_ck check (channel in ('email', 'sms')),
  constraint suppressions_reason_ck check
    (reason in ('unsubscribed', 'bounced', 'soft_bounced', 'complained', 'manual', 'erased')),
  constraint suppressions_note_ck check (length(note) between 1 and 300),
  constraint suppressions_address_hash_ck check (length(address_hash) = 32)
);
create index suppressions_created_at_ix on wedding.suppressions (wedding_id, created_at desc, id);
comment on table wedding.suppressions is
  'Addresses and numbers never written to again, as keyed hashes: the wish outlives the erasure of the guest and a second import';
comment on column wedding.suppressions.note is 'The words of the planner who added it';
comment on column wedding.suppressions.created_by is 'The planner who added it; NULL for wishes of guests and reports of mail systems';
call ops.protect_tenant_table('wedding.suppressions',
  'wedding_id = (select wedding.current_wedding_id())');

create table wedding.unsubscribe_links (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  guest_id uuid not null,
  channel text not null,
  address_hash bytea not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  constraint unsubscribe_links_pk primary key (wedding_id, guest_id, channel, address_hash),
  constraint unsubscribe_links_token_hash_uq unique (token_hash),
  constraint unsubscribe_links_channel_ck check (channel in ('email', 'sms')),
  constraint unsubscribe_links_token_hash_ck check (length(token_hash) = 32)
);
comment on table wedding.unsubscribe_links is
  'What an unsubscribe token stands for; no foreign key to guests, because the link of an erased guest must still work';
call ops.protect_tenant_table('wedding.unsubscribe_links',
  'wedding_id = (select wedding.current_wedding_id())',
  'select, insert');

-- Webhooks -------------------------------------------------------------------------------------
create table ops.webhook_receipts (
  channel text not null,
  provider text not null,
  receipt_hash bytea not null,
  answer jsonb not null,
  received_at timestamptz not null default now(),
  constraint webhook_receipts_pk primary key (channel, provider, receipt_hash),
  constraint webhook_receipts_channel_ck check (channel in ('email', 'sms')),
  constraint webhook_receipts_receipt_hash_ck check (length(receipt_hash) = 32)
);
create index webhook_receipts_received_at_ix on ops.webhook_receipts (received_at);
comment on table ops.webhook_receipts is
  'Webhook calls that were carried out, written in the same transaction: a repeated call gets the first answer';
comment on column ops.webhook_receipts.receipt_hash is 'SHA-256 of the sender''s webhook-id';
grant select, insert on ops.webhook_receipts to wedsync_app;
grant select, delete on ops.webhook_receipts to wedsync_worker;

-- Statistics for operators ---------------------------------------------------------------------
create table ops.feedback_counts (
  day date not null,
  source text not null,
  provider text not null,
  kind text not null,
  bounce_class text not null default '',
  code text not null default '',
  shard int not null,
  n bigint not null,
  constraint feedback_counts_pk primary key (day, source, provider, kind, bounce_class, code, shard)
);
comment on table ops.feedback_counts is
  'What came back over all weddings, per day, mail system and code, without saying about whom; kept while events are recorded';
comment on column ops.feedback_counts.shard is 'Spreads the writers, so that they do not wait for one row';
grant select, insert, update on ops.feedback_counts to wedsync_definer;
grant delete, select on ops.feedback_counts to wedsync_worker;

create table ops.feedback_refusals (
  day date not null,
  source text not null,
  reason text not null,
  n bigint not null,
  constraint feedback_refusals_pk primary key (day, source, reason),
  constraint feedback_refusals_source_ck check (source in ('mail', 'webhook')),
  constraint feedback_refusals_reason_ck check (reason ~ '^[a-z_]{2,40}$')
);
comment on table ops.feedback_refusals is 'Reports that could not be used, per day: forged or unknown addresses, wrong signatures, too large';
grant select, insert, update on ops.feedback_refusals to wedsync_app, wedsync_worker;
grant delete on ops.feedback_refusals to wedsync_worker;
grant select on ops.feedback_refusals to wedsync_definer;
