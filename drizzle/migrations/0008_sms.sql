-- Text messages: the numbers they leave from, whom they went to, what comes back, what they cost.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Numbers ------------------------------------------------------------------------------------
create table wedding.sms_numbers (
  org_id uuid not null references wedding.organizations (id) on delete cascade,
  number text not null,
  created_at timestamptz not null default now(),
  constraint sms_numbers_pk primary key (org_id),
  constraint sms_numbers_number_uq unique (number),
  constraint sms_numbers_number_ck check (number ~ '^\+[1-9][0-9]{4,14}$')
);
comment on table wedding.sms_numbers is 'The number that a planner company texts from; companies without one share the installation''s';
call ops.protect_tenant_table('wedding.sms_numbers',
  'org_id = (select wedding.current_org_id())', 'select');

-- Conversations ------------------------------------------------------------------------------
create table wedding.sms_threads (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  phone_hash bytea not null,
  thread_hash bytea not null,
  first_delivery_id uuid not null,
  told_at timestamptz,
  started_at timestamptz not null default now(),
  last_sent_at timestamptz not null default now(),
  constraint sms_threads_pk primary key (wedding_id, phone_hash),
  constraint sms_threads_phone_hash_ck check (octet_length(phone_hash) = 32),
  constraint sms_threads_thread_hash_ck check (octet_length(thread_hash) = 32)
);
create index sms_threads_first_delivery_id_ix on wedding.sms_threads (wedding_id, first_delivery_id)
  where told_at is null;
create index sms_threads_thread_hash_ix on wedding.sms_threads (thread_hash, last_sent_at desc);
comment on table wedding.sms_threads is 'Which number was texted for which wedding, so that an answer finds its way back; the first text of a thread says how to stop';
comment on column wedding.sms_threads.first_delivery_id is 'The text that says how to stop, also when it is tried again';
comment on column wedding.sms_threads.told_at is 'When the provider took that text; until then the next one says it, too';
comment on column wedding.sms_threads.phone_hash is 'Of the guest''s number under the wedding''s key, as in guests and deliveries';
comment on column wedding.sms_threads.thread_hash is 'HMAC-SHA-256 of our number and the guest''s under the installation''s key: the same in every wedding';
call ops.protect_tenant_table('wedding.sms_threads',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

create table wedding.inbound_texts (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  guest_id uuid,
  phone_hash bytea not null,
  text_cipher bytea,
  meaning text not null,
  language text,
  received_at timestamptz not null,
  answered_at timestamptz,
  handled_at timestamptz,
  handled_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint inbound_texts_pk primary key (wedding_id, id),
  constraint inbound_texts_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete set null (guest_id),
  constraint inbound_texts_phone_hash_ck check (octet_length(phone_hash) = 32),
  constraint inbound_texts_text_cipher_ck check (
    octet_length(text_cipher) <= 20000 and (text_cipher is null or meaning is not null)),
  constraint inbound_texts_meaning_ck check (meaning in ('stop', 'start', 'help', 'other')),
  constraint inbound_texts_language_ck check (language ~ '^[a-z]{2}$')
);
create index inbound_texts_received_at_ix on wedding.inbound_texts (wedding_id, received_at desc, id desc);
create index inbound_texts_open_ix on wedding.inbound_texts (wedding_id, received_at desc, id desc)
  where meaning = 'other' and handled_at is null;
create index inbound_texts_guest_id_ix on wedding.inbound_texts (wedding_id, guest_id)
  where guest_id is not null;
comment on table wedding.inbound_texts is 'What guests wrote to the number that a wedding texts from';
comment on column wedding.inbound_texts.id is 'Follows from the provider''s id of the text, so that it counts once';
comment on column wedding.inbound_texts.guest_id is 'Under whose key the text is sealed; others may share the number';
comment on column wedding.inbound_texts.text_cipher is 'JSON of number and text under the guest''s own key; NULL where nobody on the guest list has the number';
comment on column wedding.inbound_texts.answered_at is 'When STOP, START or HELP was answered: once';
call ops.protect_tenant_table('wedding.inbound_texts',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

-- Opting out of a number ---------------------------------------------------------------------
create table ops.sms_opt_outs (
  thread_hash bytea primary key,
  opted_out_at timestamptz not null default now(),
  constraint sms_opt_outs_thread_hash_ck check (octet_length(thread_hash) = 32)
);
comment on table ops.sms_opt_outs is 'Who wrote STOP to one of our numbers, as a keyed hash: holds for every wedding that texts from it, also for those that come later';
grant select, insert, update, delete on ops.sms_opt_outs to wedsync_app;
grant select on ops.sms_opt_outs to wedsync_worker;

-- Prices -------------------------------------------------------------------------------------
create table ops.sms_prices (
  country text primary key,
  micros_per_segment bigint not null,
  currency text not null,
  updated_at timestamptz not null default now(),
  constraint sms_prices_country_ck check (country ~ '^([A-Z]{2}|)$'),
  constraint sms_prices_micros_per_segment_ck check (micros_per_segment between 0 and 100000000),
  constraint sms_prices_currency_ck check (currency ~ '^[A-Z]{3}$')
);
comment on table ops.sms_prices is 'What one segment costs, by country of the recipient; an empty country is the price of all others';
comment on column ops.sms_prices.micros_per_segment is 'Millionths of the currency''s unit';
grant select on ops.sms_prices to wedsync_app, wedsync_worker;
grant select, insert, update, delete on ops.sms_prices to wedsync_definer;

-- Falling over to another channel ------------------------------------------------------------
create table wedding.fallback_progress (
  wedding_id uuid not null,
  message_id uuid not null,
  failed_seen int not null,
  next_at timestamptz,
  constraint fallback_progress_pk primary key (wedding_id, message_id),
  constraint fallback_progress_message_id_fk foreign key (wedding_id, message_id)
    references wedding.messages (wedding_id, id) on delete cascade
);
comment on table wedding.fallback_progress is 'How far a message was looked at for guests whom its channel did not reach, so that nothing is read again for nothing';
comment on column wedding.fallback_progress.failed_seen is 'Deliveries that had failed when it was looked at; more of them now is a reason to look again';
comment on column wedding.fallback_progress.next_at is 'When the next delivery without a sign of arrival has waited long enough';
call ops.protect_tenant_table('wedding.fallback_progress',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

-- Notices ------------------------------------------------------------------------------------
create table wedding.notices (
  wedding_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  household_id uuid not null,
  guest_id uuid not null,
  body text not null,
  created_at timestamptz not null default now(),
  constraint notices_pk primary key (wedding_id, id),
  constraint notices_message_id_fk foreign key (wedding_id, message_id)
    references wedding.messages (wedding_id, id) on delete cascade,
  constraint notices_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint notices_body_ck check (length(body) between 1 and 2000)
);
create index notices_household_id_ix on wedding.notices (wedding_id, household_id, created_at desc);
create index notices_guest_id_ix on wedding.notices (wedding_id, guest_id);
create index notices_message_id_ix on wedding.notices (wedding_id, message_id);
comment on table wedding.notices is 'Messages that stand on the answer page of a household; the id is the delivery''s, so that one is shown once';
comment on column wedding.notices.body is 'As the guest reads it; goes with the guest, also when the guest is erased';
call ops.protect_tenant_table('wedding.notices',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, delete');
call ops.open_to_households('wedding.notices',
  'wedding_id = (select wedding.current_wedding_id()) and household_id = (select wedding.current_household_id())');

-- SECURITY DEFINER: erasing a guest is the privacy room's work; what stands here follows by itself.
set local role wedsync_definer;
create function wedding.remove_notices_of_erased() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from wedding.notices n where n.wedding_id = new.wedding_id and n.guest_id = new.id;
  return null;
end
$$;
comment on function wedding.remove_notices_of_erased() is 'AFTER UPDATE: a guest who is erased leaves no notice behind';
revoke execute on function wedding.remove_notices_of_erased() from public;
grant execute on function wedding.remove_notices_of_erased() to wedsync_owner;
set local role wedsync_owner;
create trigger guests_remove_notices after update of erased_at on wedding.guests
  for each row when (old.erased_at is null and new.erased_at is not null)
  execute function wedding.remove_notices_of_erased();
