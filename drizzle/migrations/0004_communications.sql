-- Templates, messages and the ledger of deliveries.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Templates ----------------------------------------------------------------------------------
create table wedding.message_templates (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  kind text not null,
  name text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint message_templates_pk primary key (wedding_id, id),
  constraint message_templates_kind_ck check (kind in (
    'save_the_date', 'invitation', 'reminder', 'logistics', 'day_of', 'thank_you', 'other')),
  constraint message_templates_name_ck check (length(name) between 1 and 100)
);
create unique index message_templates_name_uq
  on wedding.message_templates (wedding_id, lower(name));
comment on table wedding.message_templates is 'Wording that a planner reuses; what it says is the newest row of template_versions';
call ops.protect_tenant_table('wedding.message_templates',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.template_versions (
  wedding_id uuid not null,
  template_id uuid not null,
  version int not null,
  kind text not null,
  name text not null,
  default_language text not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  constraint template_versions_pk primary key (wedding_id, template_id, version),
  constraint template_versions_template_id_fk foreign key (wedding_id, template_id)
    references wedding.message_templates (wedding_id, id) on delete cascade
);
comment on table wedding.template_versions is 'What a template was after each save; never changed, so that an older one can be brought back';
call ops.protect_tenant_table('wedding.template_versions',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert');

create table wedding.template_wordings (
  wedding_id uuid not null,
  template_id uuid not null,
  version int not null,
  channel text not null,
  language text not null,
  format text not null,
  subject text not null,
  body text not null,
  html text,
  plain_text text,
  constraint template_wordings_pk primary key (wedding_id, template_id, version, channel, language),
  constraint template_wordings_version_fk foreign key (wedding_id, template_id, version)
    references wedding.template_versions (wedding_id, template_id, version) on delete cascade,
  constraint template_wordings_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint template_wordings_language_ck
    check (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' and length(language) <= 35),
  constraint template_wordings_format_ck
    check (format in ('text', 'mjml') and (format = 'mjml') = (html is not null)),
  constraint template_wordings_plain_text_ck check ((html is null) = (plain_text is null)),
  constraint template_wordings_subject_ck
    check (length(subject) between (channel = 'email')::int and 200 and subject !~ '[[:cntrl:]]'),
  constraint template_wordings_body_ck check (length(body) between 1 and 100000)
);
comment on table wedding.template_wordings is 'What a version of a template says, per channel and BCP 47 language';
comment on column wedding.template_wordings.html is 'The layout compiled from MJML once for this version, merge fields still in place';
comment on column wedding.template_wordings.plain_text is 'The text part made from html';
call ops.protect_tenant_table('wedding.template_wordings',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert');

-- Messages -----------------------------------------------------------------------------------
-- Partitioned by month of the id, a UUIDv7, together with the ledger: `ops.create_message_partitions`
-- makes months ahead, `ops.drop_message_partitions` retires them. What no month covers falls into the
-- default partition, which must stay empty.
create table wedding.messages (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  template_id uuid,
  template_version int,
  kind text not null,
  channel text not null default 'email',
  fallback_channel text,
  fallback_after interval,
  purpose text not null default 'relationship',
  lane text not null default 'bulk',
  title text not null,
  default_language text not null default 'en',
  reply_to text,
  audience jsonb not null default '{}',
  state text not null default 'draft',
  held_reason text,
  send_at timestamptz,
  schedule jsonb,
  not_after timestamptz,
  retry_of uuid,
  rule_id uuid,
  rule_occurrence date,
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
  constraint messages_kind_ck check (kind in (
    'save_the_date', 'invitation', 'reminder', 'logistics', 'day_of', 'thank_you', 'other')),
  constraint messages_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint messages_fallback_channel_ck check (
    fallback_channel in ('email', 'sms', 'notice') and fallback_channel <> channel),
  constraint messages_fallback_after_ck check (fallback_after is null or fallback_channel is not null),
  constraint messages_purpose_ck check (purpose in ('relationship', 'commercial')),
  constraint messages_lane_ck check (lane in ('bulk', 'single')),
  constraint messages_state_ck check (state in (
    'draft', 'scheduled', 'held', 'queued', 'sending', 'paused', 'sent', 'cancelled')),
  constraint messages_held_reason_ck check ((state = 'held') = (held_reason is not null)),
  constraint messages_send_at_ck check (state <> 'scheduled' or send_at is not null),
  constraint messages_rule_occurrence_ck check ((rule_id is null) = (rule_occurrence is null)),
  constraint messages_title_ck check (length(title) between 1 and 120),
  constraint messages_expanded_at_ck check ((expanded_at is null) = (audience_count is null)),
  constraint messages_sending_ck check (state not in ('sending', 'sent') or expanded_at is not null),
  constraint messages_finished_at_ck check ((state in ('sent', 'cancelled')) = (finished_at is not null))
) partition by range (id);
create table wedding.messages_default partition of wedding.messages default;
-- A return path names the message and no wedding.
create index messages_id_ix on wedding.messages (id);
create index messages_template_id_ix on wedding.messages (wedding_id, template_id)
  where template_id is not null;
create index messages_active_ix on wedding.messages (queued_at)
  where state in ('queued', 'sending');
create index messages_scheduled_ix on wedding.messages (send_at) where state = 'scheduled';
create index messages_fallback_ix on wedding.messages (id)
  where fallback_channel is not null and state in ('sending', 'sent');
create index messages_retry_of_ix on wedding.messages (wedding_id, retry_of) where retry_of is not null;
comment on table wedding.messages is 'One intent to write to many guests; wording and audience are frozen when it is sent';
comment on column wedding.messages.audience is 'Who shall get it, as chosen; the rows of deliveries are who it became';
comment on column wedding.messages.audience_count is 'Rows the expansion wrote on the message''s own channel; the states of those deliveries sum to it';
comment on column wedding.messages.fallback_channel is 'Tried for guests whom the channel did not reach; counted apart';
comment on column wedding.messages.lane is 'Single messages have their own queue and connections and never wait behind bulk';
comment on column wedding.messages.not_after is 'What has not left by then never will: its deliveries are skipped as too_late';
comment on column wedding.messages.schedule is 'The moment as it was chosen, {kind: at | relative, …}; send_at is what it comes to';
comment on column wedding.messages.retry_of is 'The message that this one repeats for some of its guests';
call ops.protect_tenant_table('wedding.messages',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- A unique key of a partitioned table must hold the partition key, so this one has a table of its own.
create table wedding.message_occurrences (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  rule_id uuid not null,
  rule_occurrence date not null,
  message_id uuid not null,
  constraint message_occurrences_pk primary key (wedding_id, rule_id, rule_occurrence)
);
comment on table wedding.message_occurrences is 'A rule makes one message per occurrence; the row stays when a draft of it is thrown away';
call ops.protect_tenant_table('wedding.message_occurrences',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert');
create function wedding.record_message_occurrence() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  insert into wedding.message_occurrences (wedding_id, rule_id, rule_occurrence, message_id)
  values (new.wedding_id, new.rule_id, new.rule_occurrence, new.id);
  return null;
end
$$;
comment on function wedding.record_message_occurrence() is 'AFTER INSERT: a second message of the same rule and occurrence violates message_occurrences_pk';
create trigger messages_occurrence after insert on wedding.messages
  for each row when (new.rule_id is not null) execute function wedding.record_message_occurrence();

-- Wordings -----------------------------------------------------------------------------------
create table wedding.message_wordings (
  wedding_id uuid not null,
  message_id uuid not null,
  channel text not null,
  language text not null,
  format text not null,
  subject text not null,
  body text not null,
  html text,
  plain_text text,
  constraint message_wordings_pk primary key (wedding_id, message_id, channel, language),
  constraint message_wordings_message_id_fk foreign key (wedding_id, message_id)
    references wedding.messages (wedding_id, id) on delete cascade,
  constraint message_wordings_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint message_wordings_language_ck
    check (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' and length(language) <= 35),
  constraint message_wordings_format_ck
    check (format in ('text', 'mjml') and (format = 'mjml') = (html is not null)),
  constraint message_wordings_plain_text_ck check ((html is null) = (plain_text is null)),
  constraint message_wordings_subject_ck
    check (length(subject) between (channel = 'email')::int and 200 and subject !~ '[[:cntrl:]]'),
  constraint message_wordings_body_ck check (length(body) between 1 and 100000)
) partition by range (message_id);
create table wedding.message_wordings_default partition of wedding.message_wordings default;
comment on table wedding.message_wordings is 'What a message says, per channel and BCP 47 language; fixed once the message is no draft';
comment on column wedding.message_wordings.html is 'The layout compiled from MJML, merge fields still in place';
comment on column wedding.message_wordings.plain_text is 'The text part made from html';
call ops.protect_tenant_table('wedding.message_wordings',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create function wedding.refuse_wording_change() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  changed wedding.message_wordings := case when tg_op = 'DELETE' then old else new end;
begin
  -- A message that is removed takes its wordings along: then there is none of this id any more.
  if exists (
    select from wedding.messages m
    where m.wedding_id = changed.wedding_id and m.id = changed.message_id and m.state <> 'draft'
  ) then
    raise exception 'message % is no draft; its wording is fixed', changed.message_id
      using errcode = 'check_violation', constraint = 'message_wordings_are_frozen';
  end if;
  return changed;
end
$$;
comment on function wedding.refuse_wording_change() is 'BEFORE INSERT, UPDATE, DELETE: only a draft changes what it says';
create trigger message_wordings_are_frozen before insert or update or delete on wedding.message_wordings
  for each row execute function wedding.refuse_wording_change();

-- Deliveries ---------------------------------------------------------------------------------
-- Written 100,000 rows at a time and changed twice per e-mail, so nothing here works row by row:
-- * no foreign keys (three look-ups per row cost more than the rest of an expansion): the message is
--   kept by the foreign key of delivery_counts, which every row is counted in; a deleted message
--   takes its deliveries along and a deleted guest leaves them, by the statement triggers below;
-- * no version column: the lease epoch fences every writer;
-- * the unique key begins with the guest, so that it also serves "what was this guest ever sent".
create table wedding.deliveries (
  wedding_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  guest_id uuid,
  household_id uuid,
  channel text not null,
  address_cipher bytea,
  address_hash bytea,
  language text,
  carried_by_id uuid,
  speaks_for uuid[] not null default '{}',
  fallback_of_id uuid,
  shard int not null default 0,
  state text not null,
  reason text,
  code text,
  provider_ref text,
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_until timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deliveries_pk primary key (wedding_id, message_id, id),
  constraint deliveries_guest_uq unique (wedding_id, guest_id, message_id, channel),
  constraint deliveries_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint deliveries_state_ck check (state in (
    'ready', 'claimed', 'in_doubt', 'sent', 'delivered', 'bounced', 'complained',
    'failed', 'skipped', 'cancelled')),
  constraint deliveries_reason_ck check
    (state not in ('failed', 'skipped', 'in_doubt') or reason is not null),
  constraint deliveries_address_hash_ck check
    (state not in ('ready', 'claimed') or channel = 'notice' or address_hash is not null),
  constraint deliveries_lease_ck check
    ((state = 'claimed') = (lease_until is not null) and (lease_until is null or lease_owner is not null)),
  constraint deliveries_sent_at_ck check
    ((state in ('sent', 'delivered', 'bounced', 'complained')) = (sent_at is not null))
) partition by range (message_id);
create table wedding.deliveries_default partition of wedding.deliveries default;
create index deliveries_ready_ix on wedding.deliveries (wedding_id, message_id, shard, next_attempt_at)
  where state = 'ready';
create index deliveries_claimed_ix on wedding.deliveries (lease_until) where state = 'claimed';
-- The states a person asks for by name; the many rows that went well are read by the primary key.
create index deliveries_notable_ix on wedding.deliveries (wedding_id, message_id, state, id)
  where state in ('in_doubt', 'bounced', 'complained', 'failed', 'skipped', 'cancelled');
comment on table wedding.deliveries is 'The ledger: one row per message, guest and channel, with what became of it; a guest who gets nothing has a row that says why';
comment on column wedding.deliveries.guest_id is 'NULL once the guest was removed; the row stays, because the message was part of the record';
comment on column wedding.deliveries.household_id is 'As it was when the audience was frozen; the household may be gone';
comment on column wedding.deliveries.address_cipher is 'Where it goes, as it stood when it was claimed: the guest''s own ciphertext, unreadable once the guest''s key is destroyed';
comment on column wedding.deliveries.address_hash is 'HMAC-SHA-256 of the normalized address under the key of this wedding';
comment on column wedding.deliveries.language is 'In which the household reads (BCP 47); null: the wedding''s own';
comment on column wedding.deliveries.carried_by_id is 'The delivery of the same message that speaks for this guest too';
comment on column wedding.deliveries.speaks_for is 'The other way round: guests of the household whom this delivery carries along';
comment on column wedding.deliveries.fallback_of_id is 'The delivery on the message''s own channel that did not reach the guest';
comment on column wedding.deliveries.shard is 'Who is sent by the same job; counted apart, so that shards do not wait for each other';
comment on column wedding.deliveries.lease_owner is 'The worker process that claimed the row; names its journal file';
comment on column wedding.deliveries.lease_epoch is 'Fencing: a result is accepted only under the epoch of the claim it belongs to';
comment on column wedding.deliveries.code is 'Enhanced status code (RFC 3463) or reply code of the mail server';
comment on column wedding.deliveries.provider_ref is 'What the provider calls it, to find its reports by';
call ops.protect_tenant_table('wedding.deliveries',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

create sequence wedding.delivery_lease_epochs as bigint;
comment on sequence wedding.delivery_lease_epochs is 'One number per claimed batch, never reused';
grant usage on sequence wedding.delivery_lease_epochs to wedsync_worker;

-- What was sent stays sent: from there a delivery only climbs sent < delivered < bounced < complained.
create function wedding.refuse_descent() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  lattice constant text[] := array['sent', 'delivered', 'bounced', 'complained'];
begin
  if coalesce(array_position(lattice, new.state), 0) < array_position(lattice, old.state) then
    raise exception 'delivery % is %, it cannot become % any more', old.id, old.state, new.state
      using errcode = 'check_violation', constraint = 'deliveries_only_climb';
  end if;
  return new;
end
$$;
comment on function wedding.refuse_descent() is 'BEFORE UPDATE: a delivery that was sent never becomes anything less';
-- The condition keeps the function from being called for the many updates before that.
create trigger deliveries_only_climb before update on wedding.deliveries
  for each row when (old.state in ('sent', 'delivered', 'bounced', 'complained') and new.state <> old.state)
  execute function wedding.refuse_descent();

-- Counts -------------------------------------------------------------------------------------
-- Every number shown anywhere is read here: a page over ten million deliveries adds up a few rows.
create table wedding.delivery_counts (
  wedding_id uuid not null,
  message_id uuid not null,
  channel text not null,
  shard int not null,
  state text not null,
  reason text not null,
  n int not null,
  constraint delivery_counts_pk primary key (wedding_id, message_id, channel, shard, state, reason),
  constraint delivery_counts_message_id_fk foreign key (wedding_id, message_id)
    references wedding.messages (wedding_id, id) on delete cascade
) partition by range (message_id);
create table wedding.delivery_counts_default partition of wedding.delivery_counts default
  with (fillfactor = 60);
comment on table wedding.delivery_counts is 'Deliveries by state and reason, kept by triggers in the transaction that changes them';
comment on column wedding.delivery_counts.shard is 'Of the deliveries; a total is the sum over shards';
comment on column wedding.delivery_counts.reason is 'Empty where the deliveries have none';
call ops.protect_tenant_table('wedding.delivery_counts',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null',
  'select, insert, update');

-- Rows are taken in one order, so that writers of the same shard wait and never deadlock.
create function wedding.count_added_deliveries() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  insert into wedding.delivery_counts as c (wedding_id, message_id, channel, shard, state, reason, n)
  select a.wedding_id, a.message_id, a.channel, a.shard, a.state, coalesce(a.reason, ''), count(*)
  from added a group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict on constraint delivery_counts_pk do update set n = c.n + excluded.n;
  return null;
end
$$;
comment on function wedding.count_added_deliveries() is 'AFTER INSERT, per statement: counts what was added; fails where the message does not exist';

create function wedding.count_changed_deliveries() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  insert into wedding.delivery_counts as c (wedding_id, message_id, channel, shard, state, reason, n)
  select x.wedding_id, x.message_id, x.channel, x.shard, x.state, x.reason, sum(x.n)
  from (
    select wedding_id, message_id, channel, shard, state, coalesce(reason, '') as reason, -count(*) as n
    from gone group by 1, 2, 3, 4, 5, 6
    union all
    select wedding_id, message_id, channel, shard, state, coalesce(reason, ''), count(*)
    from added group by 1, 2, 3, 4, 5, 6
  ) x
  group by 1, 2, 3, 4, 5, 6 having sum(x.n) <> 0 order by 1, 2, 3, 4, 5, 6
  on conflict on constraint delivery_counts_pk do update set n = c.n + excluded.n;
  return null;
end
$$;
comment on function wedding.count_changed_deliveries() is 'AFTER UPDATE, per statement: moves what changed from one count to another';

create function wedding.count_removed_deliveries() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  -- No row is made: where the message went, its counts went too.
  update wedding.delivery_counts c set n = c.n - x.n
  from (
    select wedding_id, message_id, channel, shard, state, coalesce(reason, '') as reason, count(*) as n
    from gone group by 1, 2, 3, 4, 5, 6
  ) x
  where (c.wedding_id, c.message_id, c.channel, c.shard, c.state, c.reason)
    = (x.wedding_id, x.message_id, x.channel, x.shard, x.state, x.reason);
  return null;
end
$$;
comment on function wedding.count_removed_deliveries() is 'AFTER DELETE, per statement: takes what went from its count';

create trigger deliveries_count_added after insert on wedding.deliveries
  referencing new table as added for each statement execute function wedding.count_added_deliveries();
create trigger deliveries_count_changed after update on wedding.deliveries
  referencing old table as gone new table as added
  for each statement execute function wedding.count_changed_deliveries();
create trigger deliveries_count_removed after delete on wedding.deliveries
  referencing old table as gone for each statement execute function wedding.count_removed_deliveries();

create function wedding.refuse_negative_count() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception 'fewer than no deliveries of message % are %', new.message_id, new.state
    using errcode = 'check_violation', constraint = 'delivery_counts_n_ck';
end
$$;
comment on function wedding.refuse_negative_count() is 'AFTER INSERT or UPDATE: a CHECK would also judge the difference that an upsert brings';
create trigger delivery_counts_n_ck after insert or update on wedding.delivery_counts
  for each row when (new.n < 0) execute function wedding.refuse_negative_count();

create function wedding.refuse_unfinished_sent() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  open int;
  counted int;
begin
  select coalesce(sum(n) filter (where state in ('ready', 'claimed')), 0),
    coalesce(sum(n) filter (where channel = new.channel), 0)
  into open, counted
  from wedding.delivery_counts where wedding_id = new.wedding_id and message_id = new.id;
  if open > 0 or counted <> new.audience_count then
    raise exception 'message % has % unsent deliveries and counts % of % guests',
      new.id, open, counted, new.audience_count
      using errcode = 'check_violation', constraint = 'messages_sent_is_complete';
  end if;
  return new;
end
$$;
comment on function wedding.refuse_unfinished_sent() is 'BEFORE UPDATE: a message is sent only when every guest of its audience is accounted for';
create trigger messages_sent_is_complete before update on wedding.messages
  for each row when (new.state = 'sent' and old.state <> 'sent')
  execute function wedding.refuse_unfinished_sent();

-- What the missing foreign keys would do -----------------------------------------------------
-- SECURITY DEFINER: a wedding that is deleted takes everything along, whoever deletes it.
set local role wedsync_definer;

create function wedding.remove_deliveries_of_messages() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from wedding.deliveries d using gone
  where d.wedding_id = gone.wedding_id and d.message_id = gone.id;
  return null;
end
$$;
comment on function wedding.remove_deliveries_of_messages() is 'AFTER DELETE on messages, per statement: their deliveries go with them';

create function wedding.release_deliveries_of_guests() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  update wedding.deliveries d set guest_id = null
  from gone where d.wedding_id = gone.wedding_id and d.guest_id = gone.id;
  return null;
end
$$;
comment on function wedding.release_deliveries_of_guests() is 'AFTER DELETE on guests, per statement: the ledger stays and forgets who it was';
revoke execute on function wedding.remove_deliveries_of_messages(),
  wedding.release_deliveries_of_guests() from public;
grant execute on function wedding.remove_deliveries_of_messages(),
  wedding.release_deliveries_of_guests() to wedsync_owner;
set local role wedsync_owner;

create trigger messages_remove_deliveries after delete on wedding.messages
  referencing old table as gone for each statement
  execute function wedding.remove_deliveries_of_messages();
create trigger guests_release_deliveries after delete on wedding.guests
  referencing old table as gone for each statement
  execute function wedding.release_deliveries_of_guests();

-- Partitions ---------------------------------------------------------------------------------
-- Reached through their parents alone: no policy lets anybody in, and nobody is granted anything.
create function ops.uuid_of_moment(moment timestamptz) returns uuid
  language sql immutable parallel safe set search_path = ''
as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
comment on function ops.uuid_of_moment(timestamptz) is 'The smallest UUIDv7 of a millisecond: a bound between what was made before and after it';
grant execute on function ops.uuid_of_moment(timestamptz) to wedsync_app, wedsync_worker, wedsync_definer;

do $$
declare
  part regclass;
begin
  foreach part in array array[
    'wedding.messages_default', 'wedding.message_wordings_default',
    'wedding.delivery_counts_default', 'wedding.deliveries_default']::regclass[] loop
    execute format('alter table %s enable row level security', part);
    execute format('alter table %s force row level security', part);
    execute format('create trigger %I before truncate on %s execute function ops.refuse_truncate()',
      (select relname from pg_class where oid = part) || '_no_truncate', part);
  end loop;
end
$$;

-- Pace ---------------------------------------------------------------------------------------
create table ops.send_rates (
  scope text primary key,
  per_second numeric(10, 3) not null,
  burst int not null default 1,
  next_at timestamptz not null default '-infinity',
  updated_at timestamptz not null default now(),
  constraint send_rates_scope_ck check (scope ~ '^(provider:[a-z0-9_.-]{1,60}|org:[0-9a-f-]{36})$'),
  constraint send_rates_per_second_ck check (per_second between 0.01 and 100000),
  constraint send_rates_burst_ck check (burst between 1 and 10000)
);
comment on table ops.send_rates is 'How fast messages may leave, per provider or planner company; no row means without limit';
comment on column ops.send_rates.burst is 'How many may leave at once after a pause';
comment on column ops.send_rates.next_at is 'The first moment that nobody has reserved yet (generic cell rate algorithm)';
grant select, update on ops.send_rates to wedsync_worker;
grant select, insert, update, delete on ops.send_rates to wedsync_definer;
grant select on ops.send_rates to wedsync_monitor;

create table ops.provider_states (
  provider text primary key,
  failures int not null default 0,
  open_until timestamptz,
  reason text,
  updated_at timestamptz not null default now(),
  constraint provider_states_provider_ck check (provider ~ '^[a-z0-9_.-]{1,60}$'),
  constraint provider_states_failures_ck check (failures >= 0)
);
comment on table ops.provider_states is 'Circuit breaker per provider: while it is open nobody is tried and no attempt is counted';
comment on column ops.provider_states.failures is 'How often in a row it was opened without anything being accepted between';
grant select, insert, update on ops.provider_states to wedsync_worker;
grant select, insert, update on ops.provider_states to wedsync_definer;
grant select on ops.provider_states to wedsync_monitor;
