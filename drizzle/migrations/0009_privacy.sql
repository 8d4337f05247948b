-- Consents and how long contacts are kept.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Consents -----------------------------------------------------------------------------------
create table wedding.consents (
  wedding_id uuid not null,
  id uuid not null,
  guest_id uuid not null,
  channel text not null,
  purpose text not null,
  status text not null,
  how text not null,
  text_version text,
  text_hash bytea,
  proof text,
  recorded_by_kind text not null,
  recorded_by uuid,
  at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint consents_pk primary key (wedding_id, id),
  constraint consents_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint consents_channel_ck check (channel in ('email', 'sms', 'notice')),
  constraint consents_purpose_ck check (purpose in ('relationship', 'commercial')),
  constraint consents_status_ck check (status in ('granted', 'withdrawn')),
  constraint consents_how_ck check (how in ('form', 'link', 'sms', 'email', 'paper', 'verbal', 'import')),
  constraint consents_text_ck check (
    char_length(text_version) <= 60 and octet_length(text_hash) = 32
    and (text_hash is null or text_version is not null)),
  constraint consents_proof_ck check (char_length(proof) <= 200),
  constraint consents_recorded_by_kind_ck check (
    recorded_by_kind in ('user', 'guest_link', 'operator', 'system')),
  constraint consents_at_ck check (at <= created_at + interval '5 minutes')
);
create index consents_wedding_id_guest_id_ix on wedding.consents (wedding_id, guest_id, at desc);
comment on table wedding.consents is 'Who said yes or no to being written to, when, how, and to which wording; append-only';
comment on column wedding.consents.text_hash is 'SHA-256 of the wording that was shown, in its language';
comment on column wedding.consents.proof is 'Id of what proves it, or a planner''s note; blanked when the guest is erased';
call ops.protect_tenant_table('wedding.consents',
  'wedding_id = (select wedding.current_wedding_id())', 'select, insert');
call ops.open_to_households('wedding.consents',
  'wedding_id = (select wedding.current_wedding_id()) and wedding.in_claimed_household(guest_id)', 'select, insert');

create table wedding.consent_states (
  wedding_id uuid not null,
  guest_id uuid not null,
  channel text not null,
  purpose text not null,
  status text not null,
  how text not null,
  at timestamptz not null,
  consent_id uuid not null,
  constraint consent_states_pk primary key (wedding_id, guest_id, channel, purpose),
  constraint consent_states_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint consent_states_status_ck check (status in ('granted', 'withdrawn'))
);
comment on table wedding.consent_states is 'What holds now, per guest, channel and purpose; written by the ledger''s trigger only';
call ops.protect_tenant_table('wedding.consent_states',
  'wedding_id = (select wedding.current_wedding_id())', 'select');
call ops.open_to_households('wedding.consent_states',
  'wedding_id = (select wedding.current_wedding_id()) and wedding.in_claimed_household(guest_id)');

-- SECURITY DEFINER: nobody writes the states but through the ledger. The rows come from the
-- statement itself, which row-level security has judged.
set local role wedsync_definer;
create function wedding.keep_consent_states() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into wedding.consent_states as s
    (wedding_id, guest_id, channel, purpose, status, how, at, consent_id)
  select distinct on (a.wedding_id, a.guest_id, a.channel, a.purpose)
    a.wedding_id, a.guest_id, a.channel, a.purpose, a.status, a.how, a.at, a.id
  from added a
  order by a.wedding_id, a.guest_id, a.channel, a.purpose, a.at desc, a.id desc
  on conflict (wedding_id, guest_id, channel, purpose) do update set
    status = excluded.status, how = excluded.how, at = excluded.at, consent_id = excluded.consent_id
  -- What was said last holds, in whatever order it is written down.
  where (excluded.at, excluded.consent_id) > (s.at, s.consent_id);
  return null;
end
$$;
comment on function wedding.keep_consent_states() is 'AFTER INSERT, per statement: what was said last is what holds';
revoke execute on function wedding.keep_consent_states() from public;
grant execute on function wedding.keep_consent_states() to wedsync_owner;
set local role wedsync_owner;
create trigger consents_keep_states after insert on wedding.consents
  referencing new table as added for each statement execute function wedding.keep_consent_states();

-- Retention ----------------------------------------------------------------------------------
create table wedding.retention_policies (
  org_id uuid not null,
  contacts_kept_months int,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint retention_policies_pk primary key (org_id),
  constraint retention_policies_org_id_fk foreign key (org_id)
    references wedding.organizations (id) on delete cascade,
  constraint retention_policies_contacts_kept_months_ck check (contacts_kept_months between 1 and 120)
);
comment on table wedding.retention_policies is 'How long a company keeps guests'' contacts after a wedding; no row = 24 months';
comment on column wedding.retention_policies.contacts_kept_months is 'null = until somebody erases them';
call ops.protect_tenant_table('wedding.retention_policies',
  'org_id = (select wedding.current_org_id())', 'select, insert, update');
