-- Seating plans: rooms, tables, seats, who sits where, rules, history, versions and optimizations.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Layouts ------------------------------------------------------------------------------------
create table wedding.seating_layouts (
  wedding_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  outline jsonb not null,
  capacity int,
  notes text not null default '',
  revision bigint not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seating_layouts_pk primary key (wedding_id, id),
  constraint seating_layouts_event_id_uq unique (wedding_id, event_id),
  constraint seating_layouts_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint seating_layouts_outline_ck check (
    jsonb_typeof(outline) = 'array' and jsonb_array_length(outline) between 3 and 100),
  constraint seating_layouts_capacity_ck check (capacity between 1 and 10000),
  constraint seating_layouts_notes_ck check (char_length(notes) <= 2000),
  constraint seating_layouts_revision_ck check (revision >= 0)
) with (fillfactor = 50);
comment on table wedding.seating_layouts is 'The room of an event; its row lock puts all changes of the plan in one order';
comment on column wedding.seating_layouts.outline is 'Corners in order, [{xMm, yMm}]';
comment on column wedding.seating_layouts.capacity is 'Most persons that the room may hold; null = not known';
comment on column wedding.seating_layouts.revision is 'Counts every change of the plan; the key of its operation';
call ops.protect_tenant_table('wedding.seating_layouts', 'wedding_id = (select wedding.current_wedding_id())');
-- The version is of what people edit in the layout itself; every seat that changes counts the revision.
drop trigger seating_layouts_touch on wedding.seating_layouts;
create trigger seating_layouts_touch before update of outline, capacity, notes on wedding.seating_layouts
  for each row execute function ops.touch_row();

create table wedding.seating_fixtures (
  wedding_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  kind text not null,
  label text not null default '',
  x_mm int not null,
  y_mm int not null,
  rotation int not null default 0,
  width_mm int not null,
  depth_mm int not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seating_fixtures_pk primary key (wedding_id, id),
  constraint seating_fixtures_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  constraint seating_fixtures_kind_ck check (kind in (
    'door', 'kitchen-pass', 'dance-floor', 'stage', 'band', 'bar', 'buffet', 'cake', 'photo-booth',
    'wall', 'pillar', 'window', 'step', 'restroom', 'other')),
  constraint seating_fixtures_label_ck check (char_length(label) <= 60),
  constraint seating_fixtures_place_ck check (
    abs(x_mm) <= 200000 and abs(y_mm) <= 200000 and rotation between 0 and 359),
  constraint seating_fixtures_size_ck check (
    width_mm between 50 and 100000 and depth_mm between 50 and 100000)
);
-- All fixtures of a room are read together.
create index seating_fixtures_wedding_id_event_id_ix on wedding.seating_fixtures (wedding_id, event_id);
comment on table wedding.seating_fixtures is 'What stands in a room beside tables: doors, dance floor, kitchen pass; millimetres from the upper left corner';
call ops.protect_tenant_table('wedding.seating_fixtures', 'wedding_id = (select wedding.current_wedding_id())');

-- Tables and seats ---------------------------------------------------------------------------
create table wedding.seating_tables (
  wedding_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  label text not null,
  label_key text not null generated always as (lower(label)) stored,
  shape text not null,
  seat_count int not null,
  x_mm int not null,
  y_mm int not null,
  rotation int not null default 0,
  width_mm int not null,
  depth_mm int not null,
  zone text not null default '',
  features text[] not null default '{}',
  is_locked boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seating_tables_pk primary key (wedding_id, id),
  constraint seating_tables_event_id_id_uq unique (wedding_id, event_id, id),
  -- Deferred: two tables may exchange their labels.
  constraint seating_tables_label_key_uq unique (wedding_id, event_id, label_key) deferrable initially deferred,
  constraint seating_tables_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  constraint seating_tables_label_ck check (char_length(label) between 1 and 40),
  constraint seating_tables_shape_ck check (shape in (
    'round', 'rectangular', 'square', 'oval', 'head', 'sweetheart', 'serpentine')),
  constraint seating_tables_seat_count_ck check (seat_count between 1 and 60),
  constraint seating_tables_place_ck check (
    abs(x_mm) <= 200000 and abs(y_mm) <= 200000 and rotation between 0 and 359),
  constraint seating_tables_size_ck check (
    width_mm between 50 and 100000 and depth_mm between 50 and 100000),
  constraint seating_tables_zone_ck check (char_length(zone) <= 40),
  constraint seating_tables_features_ck check (
    features <@ array['step-free', 'near-exit', 'quiet', 'near-kitchen', 'vip'])
);
comment on table wedding.seating_tables is 'A table with its place in the room and what it offers';
comment on column wedding.seating_tables.label_key is 'Without case: "Lisbon" and "LISBON" are one table to a guest';
comment on column wedding.seating_tables.seat_count is 'Number of its rows in seating_seats';
comment on column wedding.seating_tables.is_locked is 'Nobody is seated at it or taken from it until it is unlocked';
call ops.protect_tenant_table('wedding.seating_tables', 'wedding_id = (select wedding.current_wedding_id())');

create table wedding.seating_seats (
  wedding_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  table_id uuid not null,
  number int not null,
  constraint seating_seats_pk primary key (wedding_id, id),
  constraint seating_seats_event_id_id_uq unique (wedding_id, event_id, id),
  constraint seating_seats_table_id_number_uq unique (wedding_id, table_id, number),
  constraint seating_seats_table_id_fk foreign key (wedding_id, event_id, table_id)
    references wedding.seating_tables (wedding_id, event_id, id) on delete cascade,
  constraint seating_seats_number_ck check (number between 1 and 60)
);
-- All seats of a room are read together; the cascade of a table uses it as well.
create index seating_seats_wedding_id_event_id_table_id_ix
  on wedding.seating_seats (wedding_id, event_id, table_id, number);
comment on table wedding.seating_seats is 'One row per seat, so that a full table is a fact and not a count';
comment on column wedding.seating_seats.number is 'From 1, clockwise from the seat nearest the table''s top';
call ops.protect_tenant_table('wedding.seating_seats', 'wedding_id = (select wedding.current_wedding_id())');

-- Assignments --------------------------------------------------------------------------------
create table wedding.seating_assignments (
  wedding_id uuid not null,
  event_id uuid not null,
  guest_id uuid not null,
  seat_id uuid not null,
  is_locked boolean not null default false,
  placed_by text not null default 'manual',
  placed_at timestamptz not null default now(),
  -- Deferred, so that guests exchange seats within a transaction and nobody sits twice after it.
  constraint seating_assignments_pk primary key (wedding_id, event_id, guest_id) deferrable initially deferred,
  constraint seating_assignments_seat_id_uq unique (wedding_id, event_id, seat_id) deferrable initially deferred,
  constraint seating_assignments_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  -- Neither cascades: a guest never loses a seat without an operation that says so.
  constraint seating_assignments_seat_id_fk foreign key (wedding_id, event_id, seat_id)
    references wedding.seating_seats (wedding_id, event_id, id) deferrable initially deferred,
  constraint seating_assignments_guest_id_fk foreign key (wedding_id, guest_id, event_id)
    references wedding.invitations (wedding_id, guest_id, event_id) deferrable initially deferred,
  constraint seating_assignments_placed_by_ck check (placed_by in ('manual', 'optimizer', 'import', 'version'))
) with (fillfactor = 70);
comment on table wedding.seating_assignments is 'Who sits where; a guest and a seat each stand here at most once per event';
comment on column wedding.seating_assignments.is_locked is 'Moved by nobody and nothing until unlocked';
comment on column wedding.seating_assignments.placed_by is 'Who or what placed the guest';
call ops.protect_tenant_table('wedding.seating_assignments', 'wedding_id = (select wedding.current_wedding_id())');

-- Relationships ------------------------------------------------------------------------------
create table wedding.seating_relationships (
  wedding_id uuid not null,
  id uuid not null,
  event_id uuid,
  kind text not null,
  one_guest_id uuid,
  one_household_id uuid,
  one_tag_id uuid,
  other_guest_id uuid,
  other_household_id uuid,
  other_tag_id uuid,
  low_id uuid not null generated always as (least(
    coalesce(one_guest_id, one_household_id, one_tag_id),
    coalesce(other_guest_id, other_household_id, other_tag_id))) stored,
  high_id uuid not null generated always as (greatest(
    coalesce(one_guest_id, one_household_id, one_tag_id),
    coalesce(other_guest_id, other_household_id, other_tag_id))) stored,
  weight int not null default 5,
  note text not null default '',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seating_relationships_pk primary key (wedding_id, id),
  -- The same pair the other way round is the same relationship.
  constraint seating_relationships_pair_uq
    unique nulls not distinct (wedding_id, event_id, kind, low_id, high_id),
  constraint seating_relationships_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint seating_relationships_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint seating_relationships_one_guest_id_fk foreign key (wedding_id, one_guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint seating_relationships_one_household_id_fk foreign key (wedding_id, one_household_id)
    references wedding.households (wedding_id, id) on delete cascade,
  constraint seating_relationships_one_tag_id_fk foreign key (wedding_id, one_tag_id)
    references wedding.tags (wedding_id, id) on delete cascade,
  constraint seating_relationships_other_guest_id_fk foreign key (wedding_id, other_guest_id)
    references wedding.guests (wedding_id, id) on delete cascade,
  constraint seating_relationships_other_household_id_fk foreign key (wedding_id, other_household_id)
    references wedding.households (wedding_id, id) on delete cascade,
  constraint seating_relationships_other_tag_id_fk foreign key (wedding_id, other_tag_id)
    references wedding.tags (wedding_id, id) on delete cascade,
  constraint seating_relationships_kind_ck check (
    kind in ('must', 'prefer', 'avoid', 'never', 'next-to', 'not-next-to')),
  constraint seating_relationships_sides_ck check (
    num_nonnulls(one_guest_id, one_household_id, one_tag_id) = 1
    and num_nonnulls(other_guest_id, other_household_id, other_tag_id) = 1),
  constraint seating_relationships_self_ck check (one_guest_id is null or one_guest_id <> other_guest_id),
  constraint seating_relationships_weight_ck check (weight between 1 and 10),
  constraint seating_relationships_note_ck check (char_length(note) <= 300)
);
-- The cascades of guests, households and tags find their rows by either side.
create index seating_relationships_wedding_id_one_guest_id_ix
  on wedding.seating_relationships (wedding_id, one_guest_id) where one_guest_id is not null;
create index seating_relationships_wedding_id_other_guest_id_ix
  on wedding.seating_relationships (wedding_id, other_guest_id) where other_guest_id is not null;
create index seating_relationships_wedding_id_one_household_id_ix
  on wedding.seating_relationships (wedding_id, one_household_id) where one_household_id is not null;
create index seating_relationships_wedding_id_other_household_id_ix
  on wedding.seating_relationships (wedding_id, other_household_id) where other_household_id is not null;
create index seating_relationships_wedding_id_one_tag_id_ix
  on wedding.seating_relationships (wedding_id, one_tag_id) where one_tag_id is not null;
create index seating_relationships_wedding_id_other_tag_id_ix
  on wedding.seating_relationships (wedding_id, other_tag_id) where other_tag_id is not null;
comment on table wedding.seating_relationships is 'Who must, should, should not or must not sit together; sides are guests, households or tags';
comment on column wedding.seating_relationships.event_id is 'null = at every event';
comment on column wedding.seating_relationships.weight is 'What a wish counts; means nothing for must and never';
call ops.protect_tenant_table('wedding.seating_relationships', 'wedding_id = (select wedding.current_wedding_id())');

-- History ------------------------------------------------------------------------------------
create table wedding.seating_operations (
  wedding_id uuid not null,
  event_id uuid not null,
  revision bigint not null,
  kind text not null,
  parts jsonb not null default '{}',
  forward jsonb not null,
  backward jsonb,
  touched uuid[] not null default '{}',
  actor_kind text not null,
  actor_id uuid,
  undoes bigint,
  undone_by bigint,
  at timestamptz not null default now(),
  constraint seating_operations_pk primary key (wedding_id, event_id, revision),
  constraint seating_operations_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  constraint seating_operations_kind_ck check (kind in (
    'layout-created', 'layout-updated', 'tables-added', 'table-updated', 'things-moved',
    'tables-removed', 'fixtures-added', 'fixture-updated', 'fixtures-removed', 'assigned', 'swapped',
    'unassigned', 'locked', 'unlocked', 'guests-left', 'rules-changed', 'run-applied',
    'version-restored', 'imported', 'undone', 'redone')),
  constraint seating_operations_actor_kind_ck check (actor_kind in ('user', 'guest_link', 'operator', 'system')),
  constraint seating_operations_undoes_ck check ((kind in ('undone', 'redone')) = (undoes is not null)
    and undoes < revision and undone_by > revision)
);
-- Undo and redo look for the newest changes of one person.
create index seating_operations_wedding_id_actor_id_ix
  on wedding.seating_operations (wedding_id, event_id, actor_id, revision desc) where undone_by is null;
comment on table wedding.seating_operations is 'Every change of a plan, with ids only: undo, redo, history, live deltas and the replay of the audit come from it';
comment on column wedding.seating_operations.parts is 'What its summary names: ids of guests, labels of tables, counts';
comment on column wedding.seating_operations.forward is 'The things that it changed, as they are after it';
comment on column wedding.seating_operations.backward is 'The same things as they were before it; null = cannot be taken back';
comment on column wedding.seating_operations.touched is 'Guests, seats, tables and fixtures; a later change of one of them has built upon it';
comment on column wedding.seating_operations.undoes is 'Revision of the change that this one takes back (undone), or of the taking back that this one reverts (redone)';
call ops.protect_tenant_table('wedding.seating_operations',
  'wedding_id = (select wedding.current_wedding_id())', 'select, insert, update');

create table wedding.seating_versions (
  wedding_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  name text not null,
  revision bigint not null,
  assignments jsonb not null,
  seated_count int not null,
  cost bigint,
  saved_by uuid,
  saved_at timestamptz not null default now(),
  constraint seating_versions_pk primary key (wedding_id, id),
  constraint seating_versions_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  constraint seating_versions_name_ck check (char_length(name) between 1 and 80),
  constraint seating_versions_assignments_ck check (jsonb_typeof(assignments) = 'array')
);
-- Versions of one event, newest first.
create index seating_versions_wedding_id_event_id_ix
  on wedding.seating_versions (wedding_id, event_id, saved_at desc);
comment on table wedding.seating_versions is 'Plans kept under a name';
comment on column wedding.seating_versions.assignments is '[{guestId, tableId, tableLabel, seatNumber, isLocked}]; ids and labels, no names';
call ops.protect_tenant_table('wedding.seating_versions', 'wedding_id = (select wedding.current_wedding_id())',
  'select, insert, delete');

-- Optimizations ------------------------------------------------------------------------------
create table wedding.seating_runs (
  wedding_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  mode text not null,
  state text not null default 'queued',
  weights jsonb not null,
  includes_undecided boolean not null default false,
  seconds int not null,
  seed int not null,
  is_repeatable boolean not null default false,
  base_revision bigint not null,
  started_by uuid,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  start_cost bigint,
  cost bigint,
  bound bigint,
  gap double precision,
  curve jsonb not null default '[]',
  moves_per_second int,
  moved_count int,
  applied_revision bigint,
  infeasible jsonb,
  error text,
  result jsonb,
  is_cancel_requested boolean not null default false,
  lease_until timestamptz,
  lease_epoch bigint not null default 0,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  constraint seating_runs_pk primary key (wedding_id, id),
  constraint seating_runs_event_id_fk foreign key (wedding_id, event_id)
    references wedding.seating_layouts (wedding_id, event_id) on delete cascade,
  constraint seating_runs_mode_ck check (mode in ('full', 'unseated', 'reflow')),
  constraint seating_runs_state_ck check (
    state in ('queued', 'running', 'done', 'cancelled', 'failed', 'infeasible')),
  constraint seating_runs_seconds_ck check (seconds between 1 and 300),
  constraint seating_runs_seed_ck check (seed > 0),
  constraint seating_runs_bound_ck check (bound <= cost),
  constraint seating_runs_ended_at_ck check ((state in ('queued', 'running')) = (ended_at is null)),
  constraint seating_runs_result_ck check (result is null or jsonb_typeof(result) = 'array')
);
-- One optimization at a time per event, also when two people press the button at once.
create unique index seating_runs_active_uq on wedding.seating_runs (wedding_id, event_id)
  where state in ('queued', 'running');
-- Runs of one event, newest first.
create index seating_runs_wedding_id_event_id_ix
  on wedding.seating_runs (wedding_id, event_id, queued_at desc, id desc);
-- Operators see the newest runs of all weddings.
create index seating_runs_queued_at_ix on wedding.seating_runs (queued_at desc);
comment on table wedding.seating_runs is 'Optimizations of a plan, with what they need to be repeated and what they found';
comment on column wedding.seating_runs.bound is 'No legal plan costs less';
comment on column wedding.seating_runs.gap is '0 = proven best; null = no bound known';
comment on column wedding.seating_runs.curve is '[{atMs, cost, bound}]';
comment on column wedding.seating_runs.is_repeatable is 'The seed was chosen by a person: moves are counted, not seconds, so that the same comes out again';
comment on column wedding.seating_runs.result is '[{guestId, from, to}], each place {tableId, seatNumber} or null: what the run would change in the plan it began with';
comment on column wedding.seating_runs.lease_epoch is 'Fencing: a worker writes only under the epoch that it claimed';
call ops.protect_tenant_table('wedding.seating_runs', 'wedding_id = (select wedding.current_wedding_id())',
  'select, insert, update');

-- Presence -----------------------------------------------------------------------------------
create unlogged table wedding.seating_presence (
  wedding_id uuid not null,
  event_id uuid not null,
  user_id uuid not null,
  table_id uuid,
  guest_ids uuid[] not null default '{}',
  seen_at timestamptz not null default now(),
  constraint seating_presence_pk primary key (wedding_id, event_id, user_id),
  constraint seating_presence_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint seating_presence_guest_ids_ck check (cardinality(guest_ids) <= 50)
);
comment on table wedding.seating_presence is 'Where in the plan people are looking now; worth nothing after half a minute, hence unlogged';
call ops.protect_tenant_table('wedding.seating_presence', 'wedding_id = (select wedding.current_wedding_id())');

-- What guests see ----------------------------------------------------------------------------
create table wedding.seating_publications (
  wedding_id uuid not null,
  event_id uuid not null,
  shows text not null default 'table',
  shown_from date,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  constraint seating_publications_pk primary key (wedding_id, event_id),
  constraint seating_publications_event_id_fk foreign key (wedding_id, event_id)
    references wedding.events (wedding_id, id) on delete cascade,
  constraint seating_publications_shows_ck check (shows in ('nothing', 'table', 'seat'))
);
comment on table wedding.seating_publications is 'What households read of their own seats on their page; no row = the table, on the day of the event';
comment on column wedding.seating_publications.shown_from is 'From the beginning of this day in the wedding''s zone; null = the day of the event';
call ops.protect_tenant_table('wedding.seating_publications', 'wedding_id = (select wedding.current_wedding_id())');
call ops.open_to_households('wedding.seating_publications', 'wedding_id = (select wedding.current_wedding_id())');

create function wedding.shows_seats(tenant uuid, event uuid) returns boolean
  language sql stable set search_path = ''
as $$
  select exists (
    select from wedding.events e
    join wedding.weddings w on w.id = e.wedding_id
    left join wedding.seating_publications p on p.wedding_id = e.wedding_id and p.event_id = e.id
    where e.wedding_id = tenant and e.id = event and coalesce(p.shows, 'table') <> 'nothing'
      and (now() at time zone w.time_zone)::date >= coalesce(p.shown_from, e.starts_on))
$$;
comment on function wedding.shows_seats(uuid, uuid) is
  'Whether households may read where they sit at an event by now, in the wedding''s zone';
revoke execute on function wedding.shows_seats(uuid, uuid) from public;
grant execute on function wedding.shows_seats(uuid, uuid) to wedsync_guest, wedsync_app;

-- A household finds its own seats, their tables, and no others.
call ops.open_to_households('wedding.seating_assignments', 'wedding_id = (select wedding.current_wedding_id())
  and wedding.in_claimed_household(guest_id) and wedding.shows_seats(wedding_id, event_id)');
call ops.open_to_households('wedding.seating_seats', 'wedding_id = (select wedding.current_wedding_id())
  and exists (select from wedding.seating_assignments a
    where a.wedding_id = seating_seats.wedding_id and a.event_id = seating_seats.event_id and a.seat_id = seating_seats.id)');
call ops.open_to_households('wedding.seating_tables', 'wedding_id = (select wedding.current_wedding_id())
  and exists (select from wedding.seating_seats s
    where s.wedding_id = seating_tables.wedding_id and s.event_id = seating_tables.event_id and s.table_id = seating_tables.id)');

-- Freshness of the materialized views --------------------------------------------------------
create table ops.seating_view_refreshes (
  view_name text primary key,
  refreshed_at timestamptz not null,
  duration_ms int not null,
  row_count bigint not null,
  constraint seating_view_refreshes_duration_ms_ck check (duration_ms >= 0)
);
comment on table ops.seating_view_refreshes is 'When each materialized view of seating was last brought up to date, and what that took';
grant select on ops.seating_view_refreshes to wedsync_app, wedsync_worker, wedsync_definer, wedsync_monitor;

-- Guests who leave ---------------------------------------------------------------------------
-- SECURITY DEFINER: whoever removes a guest or takes an invitation back need not be able to write the
-- plan. The work is wedding.unseat_departed, which nobody else can call. Its order is layout, then
-- change feed, as in every verb of the plan.
set local role wedsync_definer;

create function wedding.unseat_removed_guests() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  leaving record;
begin
  for leaving in
    select added.wedding_id, array_agg(added.id) as guest_ids
    from added join gone using (wedding_id, id)
    where (gone.removed_at is null and added.removed_at is not null)
      or (gone.erased_at is null and added.erased_at is not null)
    group by added.wedding_id
  loop
    perform wedding.unseat_departed(leaving.wedding_id, null, leaving.guest_ids);
  end loop;
  return null;
end
$$;
comment on function wedding.unseat_removed_guests() is
  'AFTER UPDATE, per statement: removed and erased guests lose their seats';

create function wedding.unseat_uninvited_guests() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  leaving record;
begin
  for leaving in
    select gone.wedding_id, gone.event_id, array_agg(gone.guest_id) as guest_ids
    from gone group by gone.wedding_id, gone.event_id
  loop
    perform wedding.unseat_departed(leaving.wedding_id, leaving.event_id, leaving.guest_ids);
  end loop;
  return null;
end
$$;
comment on function wedding.unseat_uninvited_guests() is
  'AFTER DELETE, per statement: who is no longer invited loses the seat at that event';

revoke execute on function wedding.unseat_removed_guests(), wedding.unseat_uninvited_guests() from public;
grant execute on function wedding.unseat_removed_guests(), wedding.unseat_uninvited_guests() to wedsync_owner;
set local role wedsync_owner;

create trigger guests_unseat after update on wedding.guests
  referencing old table as gone new table as added
  for each statement execute function wedding.unseat_removed_guests();
create trigger invitations_unseat after delete on wedding.invitations
  referencing old table as gone
  for each statement execute function wedding.unseat_uninvited_guests();
