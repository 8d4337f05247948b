-- What planners decide around sending: limits, reminder rules, checks before sending, and the keys
-- that make a repeated request harmless.
set lock_timeout = '5s';
set statement_timeout = '60s';

create table wedding.send_requests (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  key text not null,
  input_hash text not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  constraint send_requests_pk primary key (wedding_id, key),
  constraint send_requests_key_ck check (key ~ '^[A-Za-z0-9_-]{8,128}$')
);
comment on table wedding.send_requests is 'Idempotency keys of verbs that send, with what they answered; kept for 30 days';
comment on column wedding.send_requests.input_hash is 'SHA-256 of the verb and its input: the same key for something else is a conflict';
call ops.protect_tenant_table('wedding.send_requests',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.send_settings (
  wedding_id uuid primary key references wedding.weddings (id) on delete cascade,
  weekly_limit int,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint send_settings_weekly_limit_ck check (weekly_limit between 1 and 50)
);
comment on table wedding.send_settings is 'How a wedding sends, where it differs from the default; no row = a weekly limit of 3';
comment on column wedding.send_settings.weekly_limit is 'Messages of the bulk lane that a guest may get within seven days; null = without limit';
call ops.protect_tenant_table('wedding.send_settings',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.reminder_rules (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  id uuid not null,
  name text not null,
  template_id uuid not null,
  channel text not null,
  anchor text not null,
  event_id uuid,
  days int not null,
  at_time time not null,
  audience jsonb not null,
  only_unanswered boolean not null,
  paused boolean not null default false,
  armed_at timestamptz not null default now(),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint reminder_rules_pk primary key (wedding_id, id),
  constraint reminder_rules_template_id_fk foreign key (wedding_id, template_id)
    references wedding.message_templates (wedding_id, id) on delete cascade,
  constraint reminder_rules_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint reminder_rules_name_ck check (length(name) between 1 and 100),
  constraint reminder_rules_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint reminder_rules_anchor_ck check (anchor in ('rsvp_deadline', 'wedding_day', 'event')),
  constraint reminder_rules_event_id_ck check ((anchor = 'event') = (event_id is not null)),
  constraint reminder_rules_days_ck check (days between -730 and 730)
);
create index reminder_rules_template_id_ix on wedding.reminder_rules (wedding_id, template_id);
create index reminder_rules_event_id_ix on wedding.reminder_rules (wedding_id, event_id)
  where event_id is not null;
create unique index reminder_rules_name_uq on wedding.reminder_rules (wedding_id, lower(name));
comment on table wedding.reminder_rules is 'A message that writes itself a number of days before or after a date of the wedding; once per date, kept by message_occurrences';
comment on column wedding.reminder_rules.at_time is 'Wall time in the wedding''s zone';
comment on column wedding.reminder_rules.armed_at is 'What came due before this moment is not made up for: set when a rule is written, changed or resumed';
call ops.protect_tenant_table('wedding.reminder_rules',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- No foreign key to messages: it would have to be looked through whenever a month of them is retired.
-- Removing a draft removes its checks; what is old goes with the next check of the wedding.
create table wedding.message_checks (
  wedding_id uuid not null references wedding.weddings (id) on delete cascade,
  message_id uuid not null,
  state text not null,
  message_version int not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  links jsonb not null default '[]',
  authentication jsonb not null default '[]',
  constraint message_checks_pk primary key (wedding_id, message_id),
  constraint message_checks_state_ck check (state in ('running', 'done', 'failed')),
  constraint message_checks_finished_at_ck check ((state = 'running') = (finished_at is null))
);
comment on table wedding.message_checks is 'The newest look at a message''s links and at the DNS of its sender';
call ops.protect_tenant_table('wedding.message_checks',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- The estimate of when a message will be through rests on it.
grant select on ops.send_rates to wedsync_app;
