-- Encryption keys, households, guests, tags, invitations with answers, questions, imports.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Keys ---------------------------------------------------------------------------------------
-- The master key (outside the database) wraps one key per tier, the data tier's key wraps one key
-- per wedding, and that one the key of each guest and household. A wrapped key begins with the id of
-- the key that it needs.
create table ops.encryption_keys (
  id uuid primary key,
  tier text not null,
  purpose text not null default 'wrap',
  wedding_id uuid,
  wrapped bytea,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  destroyed_at timestamptz,
  constraint encryption_keys_wedding_id_id_uq unique (wedding_id, id),
  constraint encryption_keys_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint encryption_keys_tier_ck check (tier in ('data', 'backup', 'transport')),
  constraint encryption_keys_purpose_ck check (purpose in ('wrap', 'hash')),
  constraint encryption_keys_wedding_id_ck check (wedding_id is null or tier = 'data'),
  constraint encryption_keys_state_ck check (state in ('active', 'retiring', 'destroyed')),
  constraint encryption_keys_wrapped_ck check (octet_length(wrapped) = 77),
  constraint encryption_keys_retired_at_ck check ((state = 'active') = (retired_at is null)),
  constraint encryption_keys_destroyed_at_ck check (
    (state = 'destroyed') = (destroyed_at is not null) and (state = 'destroyed') = (wrapped is null))
);
create unique index encryption_keys_active_uq on ops.encryption_keys (tier, purpose, wedding_id)
  nulls not distinct where state = 'active';
create index encryption_keys_retiring_ix on ops.encryption_keys (retired_at) where state = 'retiring';
comment on table ops.encryption_keys is 'Keys in wrapped form; worthless without the master key, which is not in the database';
comment on column ops.encryption_keys.purpose is 'wrap: wraps other keys; hash: key of the address hashes, which stays as long as the wedding';
comment on column ops.encryption_keys.wedding_id is 'null = the key of the tier itself';
comment on column ops.encryption_keys.wrapped is 'Id of the wrapping key, then the key sealed by AES-256-GCM; null once destroyed';
call ops.protect_tenant_table('ops.encryption_keys',
  'wedding_id is null or wedding_id = (select wedding.current_wedding_id())', 'select, insert');
call ops.open_to_households('ops.encryption_keys',
  'wedding_id is null or wedding_id = (select wedding.current_wedding_id())');

-- Claims -------------------------------------------------------------------------------------
create function wedding.shows_removed() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('app.shows_removed', true), '') = 'on';
comment on function wedding.shows_removed() is
  'Claim: this transaction removes, restores or purges and therefore sees removed households and guests; nobody else ever does';
grant execute on function wedding.shows_removed() to wedsync_app, wedsync_worker;

-- Households ---------------------------------------------------------------------------------
create table wedding.households (
  wedding_id uuid not null,
  id uuid not null,
  name text not null default '',
  city text not null default '',
  region text not null default '',
  country text not null default '',
  notes text not null default '',
  street_cipher bytea,
  postal_code_cipher bytea,
  language text,
  link_version int not null default 1,
  link_hash bytea,
  removed_at timestamptz,
  removal_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint households_pk primary key (wedding_id, id),
  constraint households_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint households_name_ck check (char_length(name) <= 200),
  constraint households_address_ck check (
    char_length(city) <= 120 and char_length(region) <= 120 and char_length(country) <= 120),
  constraint households_notes_ck check (char_length(notes) <= 4000),
  constraint households_ciphers_ck check (
    octet_length(street_cipher) <= 1500 and octet_length(postal_code_cipher) <= 500),
  constraint households_language_ck check (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'),
  constraint households_link_hash_ck check (octet_length(link_hash) = 32),
  constraint households_removal_id_ck check ((removed_at is null) = (removal_id is null))
);
create unique index households_link_hash_uq on wedding.households (link_hash) where link_hash is not null;
create index households_removed_at_ix on wedding.households (wedding_id, removal_id)
  where removed_at is not null;
comment on table wedding.households is 'People who are invited on one envelope and answer with one link';
comment on column wedding.households.street_cipher is 'Sealed under the household''s key';
comment on column wedding.households.language is 'BCP 47; null = the wedding''s own';
comment on column wedding.households.link_version is 'Input of the capability link; counting it up makes every earlier link invalid';
comment on column wedding.households.link_hash is 'SHA-256 of the current link''s token; null until the link is first handed out';
comment on column wedding.households.removal_id is 'The removal that hid this row and whose undo shows it again';

call ops.protect_tenant_table('wedding.households',
  'wedding_id = (select wedding.current_wedding_id()) and (removed_at is null or (select wedding.shows_removed()))');
call ops.open_to_households('wedding.households',
  'wedding_id = (select wedding.current_wedding_id()) and id = (select wedding.current_household_id()) and removed_at is null',
  'select, update');

-- Guests -------------------------------------------------------------------------------------
create table wedding.guests (
  wedding_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  plus_one_of uuid,
  title text not null default '',
  first_name text not null default '',
  last_name text not null default '',
  email_cipher bytea,
  email_hash bytea,
  email_is_valid boolean not null generated always as (email_hash is not null) stored,
  phone_cipher bytea,
  phone_hash bytea,
  other_contacts_cipher bytea,
  other_contact_hashes bytea[] not null default '{}',
  erased_at timestamptz,
  age_group text not null default 'adult',
  age_years int,
  side text,
  diets jsonb not null default '[]',
  diet_notes text not null default '',
  accessibility text[] not null default '{}',
  accessibility_notes text not null default '',
  notes text not null default '',
  sort_name text collate "C" not null default '',
  search_document text not null default '',
  removed_at timestamptz,
  removal_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint guests_pk primary key (wedding_id, id),
  constraint guests_wedding_id_household_id_id_uq unique (wedding_id, household_id, id),
  constraint guests_household_id_fk foreign key (wedding_id, household_id)
    references wedding.households (wedding_id, id) on delete cascade,
  -- A companion lives in the household of the guest who brings it, also after a move.
  constraint guests_plus_one_of_fk foreign key (wedding_id, household_id, plus_one_of)
    references wedding.guests (wedding_id, household_id, id) on delete cascade on update cascade
    deferrable initially immediate,
  constraint guests_plus_one_of_ck check (plus_one_of <> id),
  constraint guests_name_ck check (
    char_length(title) <= 60 and char_length(first_name) <= 120 and char_length(last_name) <= 120),
  constraint guests_ciphers_ck check (
    octet_length(email_cipher) <= 1500 and octet_length(phone_cipher) <= 500
    and octet_length(other_contacts_cipher) <= 8000),
  constraint guests_hashes_ck check (
    octet_length(email_hash) = 32 and octet_length(phone_hash) = 32
    and cardinality(other_contact_hashes) <= 20),
  constraint guests_email_hash_ck check (email_hash is null or email_cipher is not null),
  constraint guests_phone_hash_ck check ((phone_hash is null) = (phone_cipher is null)),
  constraint guests_erased_at_ck check (
    erased_at is null or num_nonnulls(email_cipher, phone_cipher, other_contacts_cipher) = 0),
  constraint guests_age_group_ck check (age_group in ('adult', 'teen', 'child', 'infant')),
  constraint guests_age_years_ck check (age_years between 0 and 130),
  constraint guests_side_ck check (side in ('partner_a', 'partner_b', 'both')),
  constraint guests_diets_ck check (jsonb_typeof(diets) = 'array' and jsonb_array_length(diets) <= 30),
  constraint guests_accessibility_ck check (cardinality(accessibility) <= 12),
  constraint guests_notes_ck check (
    char_length(diet_notes) <= 1000 and char_length(accessibility_notes) <= 1000
    and char_length(notes) <= 4000),
  constraint guests_removal_id_ck check ((removed_at is null) = (removal_id is null))
);
create index guests_wedding_id_sort_name_id_ix on wedding.guests (wedding_id, sort_name, id)
  where removed_at is null;
create index guests_wedding_id_plus_one_of_ix on wedding.guests (wedding_id, household_id, plus_one_of)
  where plus_one_of is not null;
create index guests_wedding_id_email_hash_ix on wedding.guests (wedding_id, email_hash)
  where email_hash is not null;
create index guests_wedding_id_phone_hash_ix on wedding.guests (wedding_id, phone_hash)
  where phone_hash is not null;
create index guests_removed_at_ix on wedding.guests (wedding_id, removal_id) where removed_at is not null;
-- The tenant stands in the same index, so that a search reads its own wedding's postings only.
create index guests_wedding_id_search_document_ix on wedding.guests
  using gin (wedding_id, search_document public.gin_trgm_ops) where removed_at is null;
comment on table wedding.guests is 'One person, or the open place of a companion who has no name yet';
comment on column wedding.guests.plus_one_of is 'The guest who brings this companion; null = invited in their own right';
comment on column wedding.guests.email_cipher is 'AES-256-GCM under the guest''s own key; so are phone_cipher (E.164) and other_contacts_cipher (JSON)';
comment on column wedding.guests.email_hash is 'HMAC-SHA-256 of the normalized address under the wedding''s hash key; null where the address cannot be one';
comment on column wedding.guests.other_contact_hashes is 'Hashes of the further addresses and numbers';
comment on column wedding.guests.erased_at is 'The guest''s data were erased for good; the row stays as a number';
comment on column wedding.guests.diets is 'Array of {code, severity: preference | allergy}';
comment on column wedding.guests.sort_name is 'Last name, first name without accents and case, by trigger; open places sort last';
comment on column wedding.guests.search_document is 'Names as people may spell them, without accents and case, by trigger; read only by the search function';
comment on column wedding.guests.removal_id is 'The removal that hid this row and whose undo shows it again';

create function wedding.write_guest_documents() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  names text := lower(new.first_name || ' ' || new.last_name);
  plain text := public.unaccent(names);
  -- Müller is also looked for as Mueller, Åberg as Aaberg, O'Brien as Obrien.
  spelt_out text := public.unaccent(replace(replace(replace(replace(replace(
    names, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'));
  joined text := regexp_replace(plain, '[''’.-]', '', 'g');
begin
  new.sort_name := coalesce(nullif(btrim(
    lower(public.unaccent(new.last_name)) || ' ' || lower(public.unaccent(new.first_name))), ''), '~');
  new.search_document := btrim(concat_ws(' ', plain,
    nullif(spelt_out, plain), nullif(joined, plain)));
  return new;
end
$$;
comment on function wedding.write_guest_documents() is
  'BEFORE INSERT or UPDATE: unaccent() is not immutable, so a generated column cannot hold these';
create trigger guests_documents before insert or update of first_name, last_name
  on wedding.guests for each row execute function wedding.write_guest_documents();

call ops.protect_tenant_table('wedding.guests',
  'wedding_id = (select wedding.current_wedding_id()) and (removed_at is null or (select wedding.shows_removed()))');
call ops.open_to_households('wedding.guests', 'wedding_id = (select wedding.current_wedding_id()) and
  household_id = (select wedding.current_household_id()) and removed_at is null', 'select, update');

create function wedding.in_claimed_household(guest uuid) returns boolean
  language sql stable parallel safe set search_path = ''
as $$
  select exists (select from wedding.guests as g
    where g.wedding_id = wedding.current_wedding_id()
      and g.household_id = wedding.current_household_id() and g.id = guest)
$$;
comment on function wedding.in_claimed_household(uuid) is
  'Whether the guest belongs to the household of the guest link that asks';
grant execute on function wedding.in_claimed_household(uuid) to wedsync_guest;

-- Keys of guests and households ----------------------------------------------------------------
create table wedding.guest_keys (
  wedding_id uuid not null,
  guest_id uuid not null,
  data_key_id uuid not null,
  wrapped bytea not null,
  constraint guest_keys_pk primary key (wedding_id, guest_id),
  constraint guest_keys_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint guest_keys_data_key_id_fk foreign key (wedding_id, data_key_id)
    references ops.encryption_keys (wedding_id, id) on delete cascade,
  constraint guest_keys_wrapped_ck check (
    octet_length(wrapped) = 77 and substring(wrapped from 1 for 16) = uuid_send(data_key_id))
);
create index guest_keys_wedding_id_data_key_id_ix on wedding.guest_keys (wedding_id, data_key_id);
comment on table wedding.guest_keys is 'Each guest''s own key, wrapped under the wedding''s data key; without its row nothing that was sealed for the guest can be read again, in any copy';
call ops.protect_tenant_table('wedding.guest_keys', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.guest_keys',
  'wedding_id = (select wedding.current_wedding_id()) and wedding.in_claimed_household(guest_id)');

create table wedding.household_keys (
  wedding_id uuid not null,
  household_id uuid not null,
  data_key_id uuid not null,
  wrapped bytea not null,
  constraint household_keys_pk primary key (wedding_id, household_id),
  constraint household_keys_household_id_fk foreign key (wedding_id, household_id)
    references wedding.households (wedding_id, id) on delete cascade,
  constraint household_keys_data_key_id_fk foreign key (wedding_id, data_key_id)
    references ops.encryption_keys (wedding_id, id) on delete cascade,
  constraint household_keys_wrapped_ck check (
    octet_length(wrapped) = 77 and substring(wrapped from 1 for 16) = uuid_send(data_key_id))
);
create index household_keys_wedding_id_data_key_id_ix
  on wedding.household_keys (wedding_id, data_key_id);
comment on table wedding.household_keys is 'Each household''s own key, under which its street and postal code are sealed';
call ops.protect_tenant_table('wedding.household_keys', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.household_keys', 'wedding_id = (select wedding.current_wedding_id())
  and household_id = (select wedding.current_household_id())');

-- Raised as a serialization failure, because to try again is the remedy: the next attempt reads the
-- key that took over. Together with the lock that the foreign key takes on the key's row, a key that
-- is destroyed under FOR UPDATE wraps nothing, committed or not.
create function wedding.refuse_retired_key() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  if exists (select from added join ops.encryption_keys k on k.id = added.data_key_id
             where k.state <> 'active') then
    raise exception 'the data key was replaced meanwhile' using errcode = 'serialization_failure';
  end if;
  return null;
end
$$;
comment on function wedding.refuse_retired_key() is 'AFTER INSERT or UPDATE, per statement: new keys are wrapped under the active data key only';
create trigger guest_keys_active_key after insert on wedding.guest_keys
  referencing new table as added for each statement execute function wedding.refuse_retired_key();
create trigger guest_keys_active_key_on_update after update on wedding.guest_keys
  referencing new table as added for each statement execute function wedding.refuse_retired_key();
create trigger household_keys_active_key after insert on wedding.household_keys
  referencing new table as added for each statement execute function wedding.refuse_retired_key();
create trigger household_keys_active_key_on_update after update on wedding.household_keys
  referencing new table as added for each statement execute function wedding.refuse_retired_key();

-- Tags ---------------------------------------------------------------------------------------
create table wedding.tags (
  wedding_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null generated always as (lower(name)) stored,
  color text not null default 'slate',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tags_pk primary key (wedding_id, id),
  constraint tags_wedding_id_fk foreign key (wedding_id) references wedding.weddings (id) on delete cascade,
  constraint tags_wedding_id_name_key_uq unique (wedding_id, name_key),
  constraint tags_name_ck check (char_length(name) between 1 and 60),
  constraint tags_color_ck check (
    color in ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'))
);
comment on table wedding.tags is 'A planner''s own groups of guests, e.g. A-list, choir, needs a hotel';
call ops.protect_tenant_table('wedding.tags', 'wedding_id = (select wedding.current_wedding_id())');

create table wedding.guest_tags (
  wedding_id uuid not null,
  guest_id uuid not null,
  tag_id uuid not null,
  constraint guest_tags_pk primary key (wedding_id, guest_id, tag_id),
  constraint guest_tags_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint guest_tags_tag_id_fk foreign key (wedding_id, tag_id)
    references wedding.tags (wedding_id, id) on delete cascade
);
create index guest_tags_wedding_id_tag_id_ix on wedding.guest_tags (wedding_id, tag_id, guest_id);
comment on table wedding.guest_tags is 'Which guest carries which tag';
call ops.protect_tenant_table('wedding.guest_tags', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.guest_tags',
  'wedding_id = (select wedding.current_wedding_id()) and wedding.in_claimed_household(guest_id)');

-- Invitations --------------------------------------------------------------------------------
create table wedding.invitations (
  wedding_id uuid not null,
  guest_id uuid not null,
  event_id uuid not null,
  answer text,
  answered_at timestamptz,
  answered_by_kind text,
  answered_by uuid,
  via text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint invitations_pk primary key (wedding_id, guest_id, event_id),
  constraint invitations_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint invitations_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint invitations_answer_ck check (answer in ('yes', 'no', 'unsure')),
  constraint invitations_answered_by_kind_ck check (
    answered_by_kind in ('user', 'guest_link', 'operator', 'system')),
  constraint invitations_via_ck check (via in ('link', 'planner', 'import', 'phone')),
  constraint invitations_answered_ck check (
    num_nonnulls(answer, answered_at, answered_by_kind, via) in (0, 4))
);
create index invitations_wedding_id_event_id_ix on wedding.invitations (wedding_id, event_id, guest_id)
  include (answer);
comment on table wedding.invitations is 'A guest is invited to an event, and what the guest answered; no row = not invited';
comment on column wedding.invitations.answer is 'null = outstanding';
comment on column wedding.invitations.answered_by is 'The user, or the household of a link';
call ops.protect_tenant_table('wedding.invitations', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.invitations',
  'wedding_id = (select wedding.current_wedding_id()) and wedding.in_claimed_household(guest_id)', 'select, update');

-- Questions ----------------------------------------------------------------------------------
create table wedding.questions (
  wedding_id uuid not null,
  id uuid not null,
  prompt text not null,
  kind text not null,
  options text[] not null default '{}',
  applies_to text not null default 'guest',
  event_id uuid,
  tag_id uuid,
  required boolean not null default false,
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint questions_pk primary key (wedding_id, id),
  constraint questions_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint questions_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint questions_tag_id_fk foreign key (wedding_id, tag_id)
    references wedding.tags (wedding_id, id) on delete cascade,
  constraint questions_prompt_ck check (char_length(prompt) between 1 and 300),
  constraint questions_kind_ck check (kind in ('text', 'choice', 'choices', 'yes_no', 'number')),
  constraint questions_options_ck check (
    case when kind in ('choice', 'choices') then cardinality(options) between 2 and 30
      else cardinality(options) = 0 end),
  constraint questions_applies_to_ck check (applies_to in ('guest', 'household'))
);
create index questions_wedding_id_event_id_ix on wedding.questions (wedding_id, event_id);
create index questions_wedding_id_tag_id_ix on wedding.questions (wedding_id, tag_id);
comment on table wedding.questions is 'What a couple asks beside yes or no; event and tag narrow whom it is asked';
call ops.protect_tenant_table('wedding.questions', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.questions', 'wedding_id = (select wedding.current_wedding_id())');

create table wedding.question_answers (
  wedding_id uuid not null,
  id uuid not null,
  question_id uuid not null,
  household_id uuid not null,
  guest_id uuid,
  value text[] not null,
  answered_at timestamptz not null,
  answered_by_kind text not null,
  answered_by uuid,
  via text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint question_answers_pk primary key (wedding_id, id),
  constraint question_answers_question_id_household_id_guest_id_uq
    unique nulls not distinct (wedding_id, question_id, household_id, guest_id),
  constraint question_answers_question_id_fk foreign key (wedding_id, question_id)
    references wedding.questions (wedding_id, id) on delete cascade,
  constraint question_answers_household_id_fk foreign key (wedding_id, household_id)
    references wedding.households (wedding_id, id) on delete cascade,
  constraint question_answers_guest_id_fk foreign key (wedding_id, household_id, guest_id)
    references wedding.guests (wedding_id, household_id, id) on delete cascade on update cascade,
  constraint question_answers_value_ck check (cardinality(value) between 1 and 30),
  constraint question_answers_answered_by_kind_ck check (
    answered_by_kind in ('user', 'guest_link', 'operator', 'system')),
  constraint question_answers_via_ck check (via in ('link', 'planner', 'import', 'phone'))
);
create index question_answers_wedding_id_household_id_ix
  on wedding.question_answers (wedding_id, household_id, guest_id);
comment on table wedding.question_answers is 'A guest''s answer, or the household''s where guest_id is null';
call ops.protect_tenant_table('wedding.question_answers', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.question_answers', 'wedding_id = (select wedding.current_wedding_id())
  and household_id = (select wedding.current_household_id())', 'select, insert, update, delete');

-- Imports ------------------------------------------------------------------------------------
create table wedding.guest_imports (
  wedding_id uuid not null,
  id uuid not null,
  file_name text not null,
  file_sha256 bytea not null,
  format text not null,
  mapping jsonb not null,
  counts jsonb not null,
  state text not null default 'applied',
  applied_at timestamptz not null,
  applied_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint guest_imports_pk primary key (wedding_id, id),
  constraint guest_imports_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint guest_imports_file_name_ck check (char_length(file_name) between 1 and 255),
  constraint guest_imports_format_ck check (format in ('csv', 'xlsx', 'vcard')),
  constraint guest_imports_state_ck check (state in ('applied', 'partly_undone', 'undone')),
  constraint guest_imports_undone_ck check ((state = 'applied') = (undone_at is null))
);
create index guest_imports_wedding_id_applied_at_ix on wedding.guest_imports (wedding_id, applied_at desc);
comment on table wedding.guest_imports is 'A file that was applied to the guest list; the file itself is not kept';
call ops.protect_tenant_table('wedding.guest_imports',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.guest_import_changes (
  wedding_id uuid not null,
  import_id uuid not null,
  entity text not null,
  entity_id uuid not null,
  action text not null,
  before jsonb,
  after jsonb not null,
  undone boolean not null default false,
  constraint guest_import_changes_pk primary key (wedding_id, import_id, entity, entity_id),
  constraint guest_import_changes_import_id_fk foreign key (wedding_id, import_id)
    references wedding.guest_imports (wedding_id, id) on delete cascade,
  constraint guest_import_changes_entity_ck check (entity in ('household', 'guest', 'tag')),
  constraint guest_import_changes_action_ck check (action in ('create', 'update')),
  constraint guest_import_changes_before_ck check ((action = 'create') = (before is null))
);
create index guest_import_changes_wedding_id_entity_id_ix
  on wedding.guest_import_changes (wedding_id, entity_id);
comment on table wedding.guest_import_changes is 'What an import wrote, as it stood before and after: the material of its undo and of a guest''s history';
call ops.protect_tenant_table('wedding.guest_import_changes',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.guest_sources (
  wedding_id uuid not null,
  guest_id uuid not null,
  import_keys text[] not null,
  imported jsonb not null,
  constraint guest_sources_pk primary key (wedding_id, guest_id),
  constraint guest_sources_guest_id_fk foreign key (wedding_id, guest_id)
    references wedding.guests (wedding_id, id) on delete cascade
);
comment on table wedding.guest_sources is 'What the last import said of a guest: the common ancestor when the same list comes again';
comment on column wedding.guest_sources.import_keys is 'By which the rows of a file are recognised; several where rows were merged into one guest';
call ops.protect_tenant_table('wedding.guest_sources',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

create table wedding.household_sources (
  wedding_id uuid not null,
  household_id uuid not null,
  import_key text not null,
  imported jsonb not null,
  constraint household_sources_pk primary key (wedding_id, household_id),
  constraint household_sources_household_id_fk foreign key (wedding_id, household_id)
    references wedding.households (wedding_id, id) on delete cascade
);
comment on table wedding.household_sources is 'What the last import said of a household';
call ops.protect_tenant_table('wedding.household_sources',
  'wedding_id = (select wedding.current_wedding_id()) and (select wedding.current_household_id()) is null');

-- Rules across rows --------------------------------------------------------------------------
-- SECURITY DEFINER: reads the company's plan, and counts whatever the caller's claims show. The lock
-- on the wedding keeps two transactions from both seeing room for one more.
set local role wedsync_definer;

create function wedding.enforce_guest_limit() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  target uuid;
begin
  for target in select distinct added.wedding_id from added where added.removed_at is null loop
    perform from wedding.weddings where id = target for no key update;
    perform wedding.refuse_guests_over_limit(target, (
      select count(*) from wedding.guests where wedding_id = target and removed_at is null));
  end loop;
  return null;
end
$$;
comment on function wedding.enforce_guest_limit() is 'AFTER INSERT, per statement: the tier''s number of guests';

create function wedding.enforce_guest_limit_on_restore() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  target uuid;
begin
  for target in
    select distinct added.wedding_id from added join gone using (wedding_id, id)
    where gone.removed_at is not null and added.removed_at is null
  loop
    perform from wedding.weddings where id = target for no key update;
    perform wedding.refuse_guests_over_limit(target, (
      select count(*) from wedding.guests where wedding_id = target and removed_at is null));
  end loop;
  return null;
end
$$;
comment on function wedding.enforce_guest_limit_on_restore() is
  'AFTER UPDATE, per statement: a removal that is taken back counts against the tier again';

revoke execute on function wedding.enforce_guest_limit(), wedding.enforce_guest_limit_on_restore() from public;
grant execute on function wedding.enforce_guest_limit(), wedding.enforce_guest_limit_on_restore() to wedsync_owner;
set local role wedsync_owner;

create trigger guests_tier_limit after insert on wedding.guests
  referencing new table as added for each statement execute function wedding.enforce_guest_limit();
create trigger guests_tier_limit_on_restore after update on wedding.guests
  referencing old table as gone new table as added
  for each statement execute function wedding.enforce_guest_limit_on_restore();
