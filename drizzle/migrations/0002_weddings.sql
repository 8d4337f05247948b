-- Accounts, planner companies, weddings, memberships and events.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Accounts -----------------------------------------------------------------------------------
create table auth.users (
  id uuid primary key,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  is_operator boolean not null default false,
  two_factor_enabled boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_email_uq unique (email),
  constraint users_email_ck check (email = lower(email) and length(email) <= 254),
  constraint users_name_ck check (length(name) between 1 and 120)
);
create index users_operators_ix on auth.users (id) where is_operator;
comment on table auth.users is 'People who sign in: planners, couples, operators. Guests are never users';
comment on column auth.users.is_operator is 'May use the operators'' surface, with a second factor';
comment on column auth.users.disabled_at is 'Set: no sign-in, and every session ends within a second';

create table auth.sessions (
  id uuid primary key,
  user_id uuid not null,
  token text not null,
  strength text not null default 'password',
  expires_at timestamptz not null,
  last_seen_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint sessions_token_uq unique (token),
  constraint sessions_user_id_fk foreign key (user_id) references auth.users (id) on delete cascade,
  constraint sessions_strength_ck check (strength in ('password', 'two-factor', 'passkey'))
);
create index sessions_user_id_ix on auth.sessions (user_id, created_at desc);
create index sessions_expires_at_ix on auth.sessions (expires_at);
comment on table auth.sessions is 'One row per signed-in browser';
comment on column auth.sessions.token is 'SHA-256 of the cookie''s 256-bit token: reading this table signs nobody in';
comment on column auth.sessions.strength is 'How the session was opened; operators need more than a password';
comment on column auth.sessions.expires_at is 'Absolute end, whatever the activity';
comment on column auth.sessions.last_seen_at is 'Start of the idle time; written at most once a minute';

create table auth.accounts (
  id uuid primary key,
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint accounts_user_id_fk foreign key (user_id) references auth.users (id) on delete cascade,
  constraint accounts_provider_id_account_id_uq unique (provider_id, account_id)
);
create index accounts_user_id_ix on auth.accounts (user_id);
comment on table auth.accounts is 'Ways to sign in per user; the only provider is "credential", an argon2id hash';

create table auth.verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier_ix on auth.verifications (identifier);
create index verifications_expires_at_ix on auth.verifications (expires_at);
comment on table auth.verifications is 'Short-lived proofs: password resets, second-factor and passkey challenges; identifiers are hashed';

create table auth.two_factors (
  id uuid primary key,
  user_id uuid not null,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until timestamptz,
  constraint two_factors_user_id_uq unique (user_id),
  constraint two_factors_user_id_fk foreign key (user_id) references auth.users (id) on delete cascade
);
comment on table auth.two_factors is 'TOTP secret and recovery codes per user, encrypted by the application';

create table auth.passkeys (
  id uuid primary key,
  user_id uuid not null,
  name text,
  public_key text not null,
  credential_id text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default now(),
  constraint passkeys_credential_id_uq unique (credential_id),
  constraint passkeys_user_id_fk foreign key (user_id) references auth.users (id) on delete cascade
);
create index passkeys_user_id_ix on auth.passkeys (user_id);
comment on table auth.passkeys is 'WebAuthn public keys per user';

create table auth.account_emails (
  id uuid primary key,
  user_id uuid not null,
  kind text not null,
  sealed_token text,
  expires_at timestamptz not null,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  constraint account_emails_user_id_fk foreign key (user_id) references auth.users (id) on delete cascade,
  constraint account_emails_kind_ck check (
    kind in ('email-verification', 'already-registered', 'password-reset', 'password-changed'))
);
create index account_emails_user_id_ix on auth.account_emails (user_id);
create index account_emails_expires_at_ix on auth.account_emails (expires_at);
comment on table auth.account_emails is 'Account mail that the worker sends; its job carries this id and nothing else';
comment on column auth.account_emails.sealed_token is 'AES-256-GCM under the application''s secret, emptied once the mail is sent';

-- Only the authentication login sees credentials; the system functions work on users and mails.
do $$
declare
  relation text;
begin
  foreach relation in array array[
    'users', 'sessions', 'accounts', 'verifications', 'two_factors', 'passkeys', 'account_emails'
  ] loop
    execute format('alter table auth.%I enable row level security', relation);
    execute format('alter table auth.%I force row level security', relation);
    execute format('create policy %I on auth.%I to wedsync_auth using (true) with check (true)',
      relation || '_auth', relation);
    execute format('create trigger %I before truncate on auth.%I execute function ops.refuse_truncate()',
      relation || '_no_truncate', relation);
    execute format('grant select, insert, update, delete on auth.%I to wedsync_auth', relation);
  end loop;
  foreach relation in array array['users', 'sessions', 'verifications', 'account_emails'] loop
    execute format('create policy %I on auth.%I to wedsync_definer using (true) with check (true)',
      relation || '_system', relation);
  end loop;
end
$$;
grant select, update on auth.users to wedsync_definer;
grant select (id, user_id, strength, expires_at, last_seen_at, created_at, ip_address, user_agent), delete
  on auth.sessions to wedsync_definer;
grant select (expires_at), delete on auth.verifications to wedsync_definer;
grant select, update, delete on auth.account_emails to wedsync_definer;
grant select (id, name, email, created_at, is_operator) on auth.users to wedsync_app, wedsync_worker;
grant insert, select (id, dedupe_key, state) on ops.outbox to wedsync_auth;

-- Planner companies --------------------------------------------------------------------------
create table wedding.tier_limits (
  tier text primary key,
  weddings_max int,
  guests_per_wedding_max int,
  members_max int,
  constraint tier_limits_tier_ck check (tier in ('free', 'studio', 'enterprise'))
);
comment on table wedding.tier_limits is 'What each subscription tier allows; null means without limit';
insert into wedding.tier_limits (tier, weddings_max, guests_per_wedding_max, members_max) values
  ('free', 3, 300, 3),
  ('studio', 60, 1000, 25),
  ('enterprise', null, null, null);
grant select on wedding.tier_limits to wedsync_app, wedsync_worker, wedsync_definer;

create table wedding.organizations (
  id uuid primary key,
  name text not null,
  tier text not null default 'free',
  postal_address text not null default '',
  reply_to_email text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint organizations_tier_fk foreign key (tier) references wedding.tier_limits (tier) on delete restrict,
  constraint organizations_name_ck check (length(name) between 1 and 120)
);
comment on table wedding.organizations is 'A planner company: the tenant above its weddings';
comment on column wedding.organizations.postal_address is 'Stands at the foot of every mail to guests, as the law of several countries asks';
-- The tier is set by operators through a system function, never by the company itself.
call ops.protect_tenant_table('wedding.organizations', 'id = (select wedding.current_org_id())', 'select');
grant insert (id, name, postal_address, reply_to_email), update (name, postal_address, reply_to_email)
  on wedding.organizations to wedsync_app;

create table wedding.org_members (
  org_id uuid not null,
  user_id uuid not null,
  role text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint org_members_pk primary key (org_id, user_id),
  constraint org_members_org_id_fk foreign key (org_id) references wedding.organizations (id) on delete cascade,
  constraint org_members_user_id_fk foreign key (user_id) references auth.users (id) on delete restrict,
  constraint org_members_role_ck check (role in ('owner', 'planner', 'assistant'))
);
create index org_members_user_id_ix on wedding.org_members (user_id);
comment on table wedding.org_members is 'Who works in a planner company; the role holds for all its weddings';
call ops.protect_tenant_table('wedding.org_members', 'org_id = (select wedding.current_org_id())');

-- Weddings -----------------------------------------------------------------------------------
create table wedding.weddings (
  id uuid primary key,
  org_id uuid not null,
  title text not null,
  partner_a_name text not null,
  partner_b_name text not null default '',
  date date,
  time_zone text not null,
  locale text not null default 'en',
  currency text not null default 'EUR',
  default_country text not null default 'GB',
  venue text not null default '',
  rsvp_deadline date,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint weddings_org_id_id_uq unique (org_id, id),
  constraint weddings_org_id_fk foreign key (org_id) references wedding.organizations (id) on delete cascade,
  constraint weddings_title_ck check (length(title) between 1 and 160),
  constraint weddings_currency_ck check (currency ~ '^[A-Z]{3}$'),
  constraint weddings_default_country_ck check (default_country ~ '^[A-Z]{2}$')
);
create index weddings_org_id_date_ix on wedding.weddings (org_id, date);
comment on table wedding.weddings is 'One wedding: the tenant of guests, events, messages and everything else';
comment on column wedding.weddings.date is 'Day of the wedding in its own time zone; null while it is being decided';
comment on column wedding.weddings.rsvp_deadline is 'Last day, in the wedding''s time zone, on which guests may answer';
comment on column wedding.weddings.archived_at is 'Set: hidden from lists and no longer counted against the tier';
comment on column wedding.weddings.default_country is 'ISO 3166-1 alpha-2: how telephone numbers without prefix are read';
-- Archived rather than deleted: guests, answers and history stay.
call ops.protect_tenant_table('wedding.weddings',
  'id = (select wedding.current_wedding_id()) or org_id = (select wedding.current_org_id())',
  'select, insert, update');
call ops.open_to_households('wedding.weddings', 'id = (select wedding.current_wedding_id())');

create table wedding.wedding_members (
  wedding_id uuid not null,
  user_id uuid not null,
  org_id uuid not null,
  role text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint wedding_members_pk primary key (wedding_id, user_id),
  constraint wedding_members_org_id_wedding_id_fk foreign key (org_id, wedding_id)
    references wedding.weddings (org_id, id) on delete cascade,
  constraint wedding_members_user_id_fk foreign key (user_id) references auth.users (id) on delete restrict,
  constraint wedding_members_role_ck check (role in ('partner', 'photographer', 'viewer'))
);
create index wedding_members_user_id_ix on wedding.wedding_members (user_id);
create index wedding_members_org_id_wedding_id_ix on wedding.wedding_members (org_id, wedding_id);
comment on table wedding.wedding_members is 'People outside the company with access to one wedding';
call ops.protect_tenant_table('wedding.wedding_members', 'wedding_id = (select wedding.current_wedding_id())');

create table wedding.member_invitations (
  org_id uuid not null,
  id uuid not null,
  wedding_id uuid,
  email text not null,
  role text not null,
  token_hash text,
  link_version int not null default 1,
  invited_by uuid not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint member_invitations_pk primary key (org_id, id),
  constraint member_invitations_id_uq unique (id),
  constraint member_invitations_token_hash_uq unique (token_hash),
  constraint member_invitations_org_id_fk foreign key (org_id) references wedding.organizations (id) on delete cascade,
  constraint member_invitations_org_id_wedding_id_fk foreign key (org_id, wedding_id)
    references wedding.weddings (org_id, id) on delete cascade,
  constraint member_invitations_email_ck check (email = lower(email) and length(email) <= 254),
  constraint member_invitations_role_ck check (
    case when wedding_id is null then role in ('owner', 'planner', 'assistant')
         else role in ('partner', 'photographer', 'viewer') end)
);
create unique index member_invitations_open_uq on wedding.member_invitations (org_id, wedding_id, email)
  nulls not distinct where accepted_at is null and revoked_at is null;
create index member_invitations_org_id_wedding_id_ix on wedding.member_invitations (org_id, wedding_id);
comment on table wedding.member_invitations is 'Open and past invitations to join a company or one wedding';
comment on column wedding.member_invitations.token_hash is 'SHA-256 of the link''s token; null until the worker, which derives it, first sends the mail';
call ops.protect_tenant_table('wedding.member_invitations',
  'org_id = (select wedding.current_org_id()) or wedding_id = (select wedding.current_wedding_id())',
  'select, insert, update');

create table wedding.events (
  wedding_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  starts_on date,
  starts_at time,
  ends_at time,
  venue text not null default '',
  address text not null default '',
  position int not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint events_pk primary key (wedding_id, id),
  constraint events_wedding_id_fk foreign key (wedding_id) references wedding.weddings (id) on delete cascade,
  constraint events_wedding_id_position_uq unique (wedding_id, position) deferrable initially deferred,
  constraint events_name_ck check (length(name) between 1 and 120),
  constraint events_position_ck check (position between 1 and 100),
  constraint events_kind_ck check (kind in (
    'welcome', 'rehearsal', 'ceremony', 'reception', 'dinner', 'party', 'brunch', 'other'))
);
comment on table wedding.events is 'What guests are invited to: ceremony, dinner, brunch …, in the order of the programme';
comment on column wedding.events.starts_at is 'Wall time in the wedding''s zone';
comment on column wedding.events.ends_at is 'Wall time; earlier than starts_at means after midnight';
comment on column wedding.events.position is 'Place in the programme, from 1; unique once the transaction ends';
call ops.protect_tenant_table('wedding.events', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.events', 'wedding_id = (select wedding.current_wedding_id())');

-- Rules across rows --------------------------------------------------------------------------
-- SECURITY DEFINER: they count rows of the whole company, which a claim on one wedding does not
-- show. Each takes a row lock first, so that two transactions cannot both see room for one more.
set local role wedsync_definer;

create function wedding.refuse_tier(tier text, what text, allowed int) returns void
  language plpgsql stable set search_path = ''
as $$
begin
  raise exception 'The % plan allows % %. Archive or remove some, or ask for a larger plan.', tier, allowed, what
    using errcode = 'WS001', detail = jsonb_build_object('tier', tier, 'what', what, 'allowed', allowed)::text;
end
$$;
comment on function wedding.refuse_tier(text, text, int) is 'Raises WS001: the subscription tier does not allow one more';

create function wedding.enforce_wedding_limit() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  plan wedding.tier_limits;
begin
  if new.archived_at is not null or (tg_op = 'UPDATE' and old.archived_at is null) then
    return null;
  end if;
  perform from wedding.organizations where id = new.org_id for no key update;
  select l.* into plan from wedding.tier_limits l
    join wedding.organizations o on o.tier = l.tier where o.id = new.org_id;
  if (select count(*) from wedding.weddings where org_id = new.org_id and archived_at is null) > plan.weddings_max then
    perform wedding.refuse_tier(plan.tier, 'weddings', plan.weddings_max);
  end if;
  return null;
end
$$;
comment on function wedding.enforce_wedding_limit() is 'AFTER INSERT or un-archiving: the tier''s number of weddings';

create function wedding.enforce_member_limit() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  plan wedding.tier_limits;
begin
  perform from wedding.organizations where id = new.org_id for no key update;
  select l.* into plan from wedding.tier_limits l
    join wedding.organizations o on o.tier = l.tier where o.id = new.org_id;
  if (select count(*) from wedding.org_members where org_id = new.org_id) > plan.members_max then
    perform wedding.refuse_tier(plan.tier, 'team members', plan.members_max);
  end if;
  return null;
end
$$;
comment on function wedding.enforce_member_limit() is 'AFTER INSERT: the tier''s number of team members';

create function wedding.refuse_guests_over_limit(target_wedding uuid, guests bigint) returns void
  language plpgsql security definer set search_path = ''
as $$
declare
  plan wedding.tier_limits;
begin
  select l.* into plan from wedding.tier_limits l
    join wedding.organizations o on o.tier = l.tier
    join wedding.weddings w on w.org_id = o.id where w.id = target_wedding;
  if guests > plan.guests_per_wedding_max then
    perform wedding.refuse_tier(plan.tier, 'guests per wedding', plan.guests_per_wedding_max);
  end if;
end
$$;
comment on function wedding.refuse_guests_over_limit(uuid, bigint) is
  'Raises WS001 where a wedding''s plan allows fewer guests; the caller counts under a lock on the wedding';

create function wedding.keep_an_owner() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  if old.role <> 'owner' or (tg_op = 'UPDATE' and new.role = 'owner' and new.org_id = old.org_id) then
    return null;
  end if;
  perform from wedding.organizations where id = old.org_id for no key update;
  -- Not found: the company itself is being deleted, its members with it.
  if found and not exists (select from wedding.org_members where org_id = old.org_id and role = 'owner') then
    raise exception 'A company needs at least one owner. Make somebody else an owner first.'
      using errcode = 'check_violation', constraint = 'org_members_last_owner_ck',
            schema = 'wedding', table = 'org_members';
  end if;
  return null;
end
$$;
comment on function wedding.keep_an_owner() is 'AFTER UPDATE or DELETE: the last owner cannot leave';

-- The definer's functions are executable by PUBLIC unless said otherwise.
revoke execute on function
  wedding.refuse_tier(text, text, int), wedding.enforce_wedding_limit(), wedding.enforce_member_limit(),
  wedding.refuse_guests_over_limit(uuid, bigint), wedding.keep_an_owner() from public;
grant execute on function
  wedding.enforce_wedding_limit(), wedding.enforce_member_limit(), wedding.keep_an_owner() to wedsync_owner;
grant execute on function wedding.refuse_guests_over_limit(uuid, bigint)
  to wedsync_owner, wedsync_app, wedsync_worker;
set local role wedsync_owner;

create trigger weddings_tier_limit after insert or update of archived_at on wedding.weddings
  for each row execute function wedding.enforce_wedding_limit();
create trigger org_members_tier_limit after insert on wedding.org_members
  for each row execute function wedding.enforce_member_limit();
create trigger org_members_keep_an_owner after update or delete on wedding.org_members
  for each row execute function wedding.keep_an_owner();

-- Visible to the signed-in user: himself, colleagues, and the people of the wedding he works in.
create policy users_member on auth.users for select to wedsync_app, wedsync_worker using (
  id = (select wedding.current_user_id())
  or exists (select from wedding.org_members m
             where m.user_id = users.id and m.org_id = (select wedding.current_org_id()))
  or exists (select from wedding.wedding_members m
             where m.user_id = users.id and m.wedding_id = (select wedding.current_wedding_id())));
