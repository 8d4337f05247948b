create or replace function wedding.seating_state(
  tenant uuid, the_event uuid, with_layout boolean, tables uuid[], seat_tables uuid[], fixtures uuid[],
  guests uuid[]) returns jsonb
  language sql stable set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'layout', case when with_layout then (
      select jsonb_build_object('id', l.id, 'eventId', l.event_id, 'outline', l.outline,
        'capacity', coalesce(to_jsonb(l.capacity), '"none"'), 'notes', l.notes, 'version', l.version)
      from wedding.seating_layouts l where l.wedding_id = tenant and l.event_id = the_event) end,
    'tables', case when tables <> '{}' then (
      select jsonb_agg(jsonb_build_object('id', t.id, 'label', t.label, 'shape', t.shape,
        'seatCount', t.seat_count, 'xMm', t.x_mm, 'yMm', t.y_mm, 'rotation', t.rotation,
        'widthMm', t.width_mm, 'depthMm', t.depth_mm, 'zone', t.zone, 'features', t.features,
        'isLocked', t.is_locked, 'version', t.version) order by t.id)
      from wedding.seating_tables t
      where t.wedding_id = tenant and t.event_id = the_event and t.id = any (tables)) end,
    'removedTableIds', case when tables <> '{}' then (
      select jsonb_agg(gone.id order by gone.id) from unnest(tables) as gone (id)
      where not exists (select from wedding.seating_tables t where t.wedding_id = tenant and t.id = gone.id)) end,
    'seats', case when seat_tables <> '{}' then (
      select jsonb_agg(jsonb_build_object('id', s.id, 'tableId', s.table_id, 'number', s.number)
        order by s.table_id, s.number)
      from wedding.seating_seats s
      where s.wedding_id = tenant and s.event_id = the_event and s.table_id = any (seat_tables)) end,
    'fixtures', case when fixtures <> '{}' then (
      select jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'label', f.label, 'xMm', f.x_mm,
        'yMm', f.y_mm, 'rotation', f.rotation, 'widthMm', f.width_mm, 'depthMm', f.depth_mm,
        'version', f.version) order by f.id)
      from wedding.seating_fixtures f
      where f.wedding_id = tenant and f.event_id = the_event and f.id = any (fixtures)) end,
    'removedFixtureIds', case when fixtures <> '{}' then (
      select jsonb_agg(gone.id order by gone.id) from unnest(fixtures) as gone (id)
      where not exists (select from wedding.seating_fixtures f where f.wedding_id = tenant and f.id = gone.id)) end,
    'assignments', case when guests <> '{}' then (
      select jsonb_agg(jsonb_build_object('guestId', a.guest_id, 'seatId', a.seat_id,
        'tableId', s.table_id, 'seatNumber', s.number, 'isLocked', a.is_locked, 'placedBy', a.placed_by)
        order by a.guest_id)
      from wedding.seating_assignments a
      join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
      where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (guests)) end,
    'unseatedGuestIds', case when guests <> '{}' then (
      select jsonb_agg(gone.id order by gone.id) from unnest(guests) as gone (id)
      where not exists (select from wedding.seating_assignments a
        where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = gone.id)) end))
$$;
comment on function wedding.seating_state(uuid, uuid, boolean, uuid[], uuid[], uuid[], uuid[]) is
  'The named things of a plan as they are now, in the form of a patch: what is not there is named as removed or unseated';
revoke execute on function wedding.seating_state(uuid, uuid, boolean, uuid[], uuid[], uuid[], uuid[]) from public;
grant execute on function wedding.seating_state(uuid, uuid, boolean, uuid[], uuid[], uuid[], uuid[])
  to wedsync_app, wedsync_worker, wedsync_definer;
