-- Parts of wedding.apply_seating_patch, which has locked the layout; they run with the caller's rights.
create or replace function wedding.write_seating_tables(
  tenant uuid, the_event uuid, wanted jsonb, removed uuid[]) returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  delete from wedding.seating_tables t
  where t.wedding_id = tenant and t.event_id = the_event and t.id = any (removed);
  insert into wedding.seating_tables (wedding_id, event_id, id, label, shape, seat_count, x_mm, y_mm,
    rotation, width_mm, depth_mm, zone, features, is_locked)
  select tenant, the_event, w.id, w.label, w.shape, w."seatCount", w."xMm", w."yMm", w.rotation,
    w."widthMm", w."depthMm", w.zone, w.features, w."isLocked"
  from jsonb_to_recordset(wanted) as w (id uuid, label text, shape text, "seatCount" int, "xMm" int,
    "yMm" int, rotation int, "widthMm" int, "depthMm" int, zone text, features text[], "isLocked" boolean)
  on conflict (wedding_id, id) do update set label = excluded.label, shape = excluded.shape,
    seat_count = excluded.seat_count, x_mm = excluded.x_mm, y_mm = excluded.y_mm,
    rotation = excluded.rotation, width_mm = excluded.width_mm, depth_mm = excluded.depth_mm,
    zone = excluded.zone, features = excluded.features, is_locked = excluded.is_locked;
  if (select count(*) from wedding.seating_tables t where t.wedding_id = tenant and t.event_id = the_event) > 300 then
    raise exception 'More than 300 tables.'
      using errcode = 'check_violation', constraint = 'seating_tables_count_ck', schema = 'wedding', table = 'seating_tables';
  end if;
end
$$;
comment on function wedding.write_seating_tables(uuid, uuid, jsonb, uuid[]) is
  'Writes and removes tables of a plan; at most 300 of them';

create or replace function wedding.write_seating_fixtures(
  tenant uuid, the_event uuid, wanted jsonb, removed uuid[]) returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  delete from wedding.seating_fixtures f
  where f.wedding_id = tenant and f.event_id = the_event and f.id = any (removed);
  insert into wedding.seating_fixtures
    (wedding_id, event_id, id, kind, label, x_mm, y_mm, rotation, width_mm, depth_mm)
  select tenant, the_event, w.id, w.kind, w.label, w."xMm", w."yMm", w.rotation, w."widthMm", w."depthMm"
  from jsonb_to_recordset(wanted) as w (id uuid, kind text, label text, "xMm" int, "yMm" int,
    rotation int, "widthMm" int, "depthMm" int)
  on conflict (wedding_id, id) do update set kind = excluded.kind, label = excluded.label,
    x_mm = excluded.x_mm, y_mm = excluded.y_mm, rotation = excluded.rotation,
    width_mm = excluded.width_mm, depth_mm = excluded.depth_mm;
  if (select count(*) from wedding.seating_fixtures f where f.wedding_id = tenant and f.event_id = the_event) > 300 then
    raise exception 'More than 300 fixtures.'
      using errcode = 'check_violation', constraint = 'seating_fixtures_count_ck', schema = 'wedding', table = 'seating_fixtures';
  end if;
end
$$;
comment on function wedding.write_seating_fixtures(uuid, uuid, jsonb, uuid[]) is
  'Writes and removes fixtures of a room; at most 300 of them';

create or replace function wedding.write_seating_assignments(tenant uuid, the_event uuid, wanted jsonb)
  returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  -- The constraints are deferred, so they cannot arbitrate an ON CONFLICT.
  update wedding.seating_assignments a
  set seat_id = w."seatId", is_locked = w."isLocked", placed_by = w."placedBy",
    placed_at = case when a.seat_id = w."seatId" then a.placed_at else now() end
  from jsonb_to_recordset(wanted) as w ("guestId" uuid, "seatId" uuid, "isLocked" boolean, "placedBy" text)
  where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = w."guestId";
  insert into wedding.seating_assignments (wedding_id, event_id, guest_id, seat_id, is_locked, placed_by)
  select tenant, the_event, w."guestId", w."seatId", w."isLocked", w."placedBy"
  from jsonb_to_recordset(wanted) as w ("guestId" uuid, "seatId" uuid, "isLocked" boolean, "placedBy" text)
  where not exists (select from wedding.seating_assignments a
    where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = w."guestId");
  if (select count(*) from wedding.seating_assignments a where a.wedding_id = tenant and a.event_id = the_event) > 2000 then
    raise exception 'More than 2000 seated guests.'
      using errcode = 'check_violation', constraint = 'seating_assignments_count_ck', schema = 'wedding', table = 'seating_assignments';
  end if;
end
$$;
comment on function wedding.write_seating_assignments(uuid, uuid, jsonb) is
  'Seats guests, or moves those who are seated; at most 2,000 at one event';

revoke execute on function wedding.write_seating_tables(uuid, uuid, jsonb, uuid[]),
  wedding.write_seating_fixtures(uuid, uuid, jsonb, uuid[]),
  wedding.write_seating_assignments(uuid, uuid, jsonb) from public;
grant execute on function wedding.write_seating_tables(uuid, uuid, jsonb, uuid[]),
  wedding.write_seating_fixtures(uuid, uuid, jsonb, uuid[]),
  wedding.write_seating_assignments(uuid, uuid, jsonb) to wedsync_app, wedsync_worker, wedsync_definer;
