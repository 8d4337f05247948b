-- Places guests and takes seats back, all of it or nothing. Reads under the lock of the layout, so what
-- it decides on is what it writes to. Runs with the rights of its caller, in the wedding of the claims.
create or replace function wedding.assign_guests_bulk_optimized(
  the_event uuid, placements jsonb, unseat uuid[] default '{}', expected_revision bigint default null,
  by text default 'manual', op_kind text default 'assigned', op_parts jsonb default '{}')
  returns jsonb
  language plpgsql volatile
  set search_path = ''
  set plan_cache_mode = force_generic_plan
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  present_revision bigint;
  wanted record;
  here record;
  goal record;
  twice uuid[];
  moving uuid[];
  claimed uuid[] := '{}';
  placed_guests uuid[] := '{}';
  placed_seats uuid[] := '{}';
  labels text[] := '{}';
  leaving uuid[] := '{}';
  conflicts jsonb[] := '{}';
  reason text;
  target uuid;
  is_second boolean;
begin
  select l.revision into present_revision from wedding.seating_layouts l
  where l.wedding_id = tenant and l.event_id = the_event for no key update;
  if not found then
    return jsonb_build_object('status', 'no-layout');
  end if;
  if expected_revision is not null and expected_revision <> present_revision then
    return jsonb_build_object('status', 'stale', 'revision', present_revision);
  end if;

  moving := array(select (p ->> 'guestId')::uuid from jsonb_array_elements(placements) as p) || unseat;
  twice := array(select (p ->> 'guestId')::uuid from jsonb_array_elements(placements) as p
    group by 1 having count(*) > 1);

  -- Each look-up names a whole key, so that it costs the same whatever the statistics say. Seats that
  -- are asked for by number come first; whoever takes what is left follows in the second round.
  foreach is_second in array array[false, true] loop
    for wanted in
      select e.ord, (e.p ->> 'guestId')::uuid as guest_id, (e.p ->> 'tableId')::uuid as table_id,
        (e.p ->> 'seatNumber')::int as number, (e.p ->> 'seatOf')::uuid as seat_of
      from jsonb_array_elements(placements) with ordinality as e (p, ord)
    loop
      if wanted.seat_of is not null then
        select s.table_id, s.number into wanted.table_id, wanted.number
        from wedding.seating_assignments a
        join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
        where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = wanted.seat_of;
        if not found then
          return jsonb_build_object('status', 'not-seated');
        end if;
      end if;
      select a.seat_id, a.is_locked, s.table_id into here
      from wedding.seating_assignments a
      join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
      where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = wanted.guest_id;
      continue when is_second <> (wanted.number is null and here.table_id is distinct from wanted.table_id);

      select t.label, t.is_locked into goal from wedding.seating_tables t
      where t.wedding_id = tenant and t.event_id = the_event and t.id = wanted.table_id;
      if goal.label is not null and here.table_id <> wanted.table_id and not goal.is_locked then
        -- Taken away from a locked table counts as well, and that one is named.
        select case when t.is_locked then t.label else goal.label end, t.is_locked into goal
        from wedding.seating_tables t where t.wedding_id = tenant and t.id = here.table_id;
      end if;
      target := case when is_second then null
        when wanted.number is null then here.seat_id
        else (select s.id from wedding.seating_seats s
          where s.wedding_id = tenant and s.table_id = wanted.table_id and s.number = wanted.number) end;
      reason := case
        when wanted.guest_id = any (twice) then 'named-twice'
        when goal.label is null then 'no-such-table'
        when target = here.seat_id then null
        when not exists (select from wedding.invitations i
            where i.wedding_id = tenant and i.event_id = the_event and i.guest_id = wanted.guest_id)
          or not exists (select from wedding.guests g
            where g.wedding_id = tenant and g.id = wanted.guest_id and g.removed_at is null
              and g.erased_at is null) then 'guest-not-invited'
        when here.is_locked then 'guest-locked'
        when goal.is_locked then 'table-locked'
        when not is_second and target is null then 'no-such-seat'
      end;
      if reason is null and is_second then
        -- Free, or of somebody who moves along in the same change.
        select s.id into target from wedding.seating_seats s
        where s.wedding_id = tenant and s.table_id = wanted.table_id and s.id <> all (claimed)
          and (select a.is_locked or a.guest_id <> all (moving) from wedding.seating_assignments a
            where a.wedding_id = tenant and a.event_id = the_event and a.seat_id = s.id) is not true
        order by s.number limit 1
        for update skip locked;
        reason := case when target is null then 'table-full' end;
      elsif reason is null and target is distinct from here.seat_id then
        reason := case when target = any (claimed)
          or (select a.is_locked or a.guest_id <> all (moving) from wedding.seating_assignments a
            where a.wedding_id = tenant and a.event_id = the_event and a.seat_id = target) then 'seat-taken' end;
      end if;

      if reason is not null then
        conflicts := conflicts || jsonb_build_object('ord', wanted.ord, 'guestId', wanted.guest_id,
          'reason', reason, 'tableLabel', goal.label, 'tableId', wanted.table_id, 'seatNumber', wanted.number);
        continue;
      end if;
      claimed := claimed || target;
      if target is distinct from here.seat_id then
        placed_guests := placed_guests || wanted.guest_id;
        placed_seats := placed_seats || target;
        labels := case when goal.label = any (labels) then labels else labels || goal.label end;
      end if;
    end loop;
  end loop;

  for here in
    select a.guest_id, a.is_locked, t.is_locked as table_locked, t.label
    from unnest(unseat) as u (guest_id)
    join wedding.seating_assignments a
      on a.wedding_id = tenant and a.event_id = the_event and a.guest_id = u.guest_id
    join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
    join wedding.seating_tables t on t.wedding_id = tenant and t.id = s.table_id
    where not a.guest_id = any (placed_guests)
    order by a.guest_id
  loop
    if here.is_locked or here.table_locked then
      conflicts := conflicts || jsonb_build_object('ord', 1000000, 'guestId', here.guest_id, 'reason',
        case when here.is_locked then 'guest-locked' else 'table-locked' end, 'tableLabel', here.label);
    else
      leaving := leaving || here.guest_id;
    end if;
  end loop;

  if conflicts <> '{}' then
    return jsonb_build_object('status', 'refused', 'conflicts',
      (select jsonb_agg(c - 'ord' order by (c -> 'ord')::int) from unnest(conflicts) as c));
  end if;
  if placed_guests = '{}' and leaving = '{}' then
    return jsonb_build_object('status', 'same', 'revision', present_revision);
  end if;
  return wedding.apply_seating_patch(tenant, the_event, op_kind,
    op_parts || jsonb_build_object('guestIds', to_jsonb((placed_guests || leaving)[1:3]),
      'guestCount', cardinality(placed_guests) + cardinality(leaving),
      'tableLabels', to_jsonb(labels[1:3]), 'tableCount', cardinality(labels)),
    jsonb_strip_nulls(jsonb_build_object(
      'assignments', (select jsonb_agg(jsonb_build_object('guestId', g, 'seatId', s, 'isLocked', false,
        'placedBy', by)) from unnest(placed_guests, placed_seats) as u (g, s)),
      'unseatedGuestIds', case when leaving <> '{}' then to_jsonb(leaving) end)));
end
$$;
comment on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb) is
  'Seats guests at tables (lowest free seat), on numbered seats or on the seat of another guest, and unseats others, all or nothing; status done, same, stale, no-layout, not-seated, or refused with the list of conflicts';
revoke execute on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb) from public;
grant execute on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb)
  to wedsync_app, wedsync_worker;
