-- The one place that writes a plan: whatever a verb wants arrives here as a patch, the things as they
-- shall be afterwards. What the plan was and is goes into the operation, which makes undo, live deltas
-- and the replay of the history the same thing. Runs with the rights of its caller.
create or replace function wedding.apply_seating_patch(
  tenant uuid, the_event uuid, op_kind text, op_parts jsonb, patch jsonb, op_undoes bigint default null)
  returns jsonb
  language plpgsql volatile
  set search_path = ''
  set plan_cache_mode = force_generic_plan
as $$
declare
  the_layout uuid;
  next_revision bigint;
  written_at timestamptz;
  has_layout boolean := patch ? 'layout';
  removed_tables uuid[] := array(select named.id::uuid from jsonb_array_elements_text(patch -> 'removedTableIds') as named (id));
  tables uuid[] := removed_tables || array(select (t ->> 'id')::uuid from jsonb_array_elements(patch -> 'tables') as t);
  seat_tables uuid[] := removed_tables || array(
    select distinct (s ->> 'tableId')::uuid from jsonb_array_elements(patch -> 'seats') as s);
  removed_fixtures uuid[] := array(select named.id::uuid from jsonb_array_elements_text(patch -> 'removedFixtureIds') as named (id));
  fixtures uuid[] := removed_fixtures || array(
    select (f ->> 'id')::uuid from jsonb_array_elements(patch -> 'fixtures') as f);
  seated uuid[] := array(select (a ->> 'guestId')::uuid from jsonb_array_elements(patch -> 'assignments') as a);
  unseated uuid[] := array(select named.id::uuid from jsonb_array_elements_text(patch -> 'unseatedGuestIds') as named (id));
  going_seats uuid[] := '{}';
  before jsonb;
  after jsonb;
begin
  update wedding.seating_layouts l set revision = l.revision + 1
  where l.wedding_id = tenant and l.event_id = the_event
  returning l.id, l.revision into the_layout, next_revision;
  if not found then
    raise exception 'There is no layout of this event.' using errcode = 'no_data_found';
  end if;

  if seat_tables <> '{}' then
    going_seats := array(
      select s.id from wedding.seating_seats s
      where s.wedding_id = tenant and s.event_id = the_event and s.table_id = any (seat_tables)
        and not exists (select from jsonb_array_elements(patch -> 'seats') as kept
          where (kept ->> 'id')::uuid = s.id));
    -- Who sits on a seat that goes, goes to the unseated in the same change.
    unseated := unseated || array(
      select a.guest_id from wedding.seating_assignments a
      where a.wedding_id = tenant and a.event_id = the_event and a.seat_id = any (going_seats)
        and a.guest_id <> all (seated) and a.guest_id <> all (unseated));
  end if;
  before := wedding.seating_state(tenant, the_event, has_layout, tables, seat_tables, fixtures, seated || unseated);

  if has_layout then
    update wedding.seating_layouts l set
      outline = patch -> 'layout' -> 'outline',
      capacity = (nullif(patch -> 'layout' -> 'capacity', '"none"') #>> '{}')::int,
      notes = patch -> 'layout' ->> 'notes'
    where l.wedding_id = tenant and l.event_id = the_event;
  end if;
  if unseated <> '{}' then
    delete from wedding.seating_assignments a
    where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (unseated);
  end if;
  if seated <> '{}' and going_seats <> '{}' then
    delete from wedding.seating_assignments a
    where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (seated)
      and a.seat_id = any (going_seats);
  end if;
  if going_seats <> '{}' then
    delete from wedding.seating_seats s where s.wedding_id = tenant and s.id = any (going_seats);
  end if;
  if tables <> '{}' then
    perform wedding.write_seating_tables(tenant, the_event, patch -> 'tables', removed_tables);
  end if;
  if patch ? 'seats' then
    insert into wedding.seating_seats (wedding_id, event_id, id, table_id, number)
    select tenant, the_event, s.id, s."tableId", s.number
    from jsonb_to_recordset(patch -> 'seats') as s (id uuid, "tableId" uuid, number int)
    on conflict (wedding_id, id) do nothing;
  end if;
  if fixtures <> '{}' then
    perform wedding.write_seating_fixtures(tenant, the_event, patch -> 'fixtures', removed_fixtures);
  end if;
  if seated <> '{}' then
    perform wedding.write_seating_assignments(tenant, the_event, patch -> 'assignments');
  end if;

  after := wedding.seating_state(tenant, the_event, has_layout, tables, seat_tables, fixtures, seated || unseated);
  insert into wedding.seating_operations as o
    (wedding_id, event_id, revision, kind, parts, forward, backward, touched, actor_kind, actor_id, undoes)
  values (tenant, the_event, next_revision, op_kind, op_parts, after,
    case when op_kind not in ('layout-created', 'guests-left', 'rules-changed') then before end,
    array(
      select unnest(tables || fixtures || seated || unseated || going_seats)
      union select the_layout where has_layout
      union select (a ->> 'seatId')::uuid from jsonb_array_elements(before -> 'assignments') as a
      union select (a ->> 'seatId')::uuid from jsonb_array_elements(after -> 'assignments') as a
      union select (s ->> 'id')::uuid from jsonb_array_elements(after -> 'seats') as s
        where not coalesce(before -> 'seats', '[]') @> jsonb_build_array(jsonb_build_object('id', s -> 'id'))),
    coalesce(nullif(current_setting('app.actor_kind', true), ''), 'system'), wedding.current_user_id(), op_undoes)
  returning o.at into written_at;
  return jsonb_build_object('status', 'done', 'revision', next_revision, 'kind', op_kind, 'parts', op_parts,
    'at', written_at, 'userId', wedding.current_user_id(), 'forward', after);
end
$$;
comment on function wedding.apply_seating_patch(uuid, uuid, text, jsonb, jsonb, bigint) is
  'Writes one change of a plan under the lock of its layout: rows, the next revision, and the operation that can take it back';
revoke execute on function wedding.apply_seating_patch(uuid, uuid, text, jsonb, jsonb, bigint) from public;
grant execute on function wedding.apply_seating_patch(uuid, uuid, text, jsonb, jsonb, bigint)
  to wedsync_app, wedsync_worker, wedsync_definer;
