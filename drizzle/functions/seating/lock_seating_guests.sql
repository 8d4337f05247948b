-- Runs with the rights of its caller, in the wedding of the claims.
create or replace function wedding.lock_seating_guests(the_event uuid, guests uuid[], locked boolean)
  returns jsonb
  language plpgsql volatile
  set search_path = ''
  set plan_cache_mode = force_generic_plan
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  present_revision bigint;
  changing jsonb;
begin
  select l.revision into present_revision from wedding.seating_layouts l
  where l.wedding_id = tenant and l.event_id = the_event for no key update;
  if not found then
    return jsonb_build_object('status', 'no-layout');
  end if;
  if exists (select from unnest(guests) as g (id) where not exists (
    select from wedding.seating_assignments a
    where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = g.id)) then
    return jsonb_build_object('status', 'not-seated');
  end if;
  select jsonb_agg(jsonb_build_object('guestId', a.guest_id, 'seatId', a.seat_id, 'isLocked', locked,
    'placedBy', a.placed_by) order by a.guest_id) into changing
  from wedding.seating_assignments a
  where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (guests)
    and a.is_locked <> locked;
  if changing is null then
    return jsonb_build_object('status', 'same', 'revision', present_revision);
  end if;
  return wedding.apply_seating_patch(tenant, the_event, case when locked then 'locked' else 'unlocked' end,
    jsonb_build_object('guestCount', jsonb_array_length(changing),
      'guestIds', (select jsonb_agg(id) from (
        select c -> 'guestId' as id from jsonb_array_elements(changing) as c limit 3) named)),
    jsonb_build_object('assignments', changing));
end
$$;
comment on function wedding.lock_seating_guests(uuid, uuid[], boolean) is
  'Locks guests to their seats or unlocks them; status done, same, no-layout or not-seated';
revoke execute on function wedding.lock_seating_guests(uuid, uuid[], boolean) from public;
grant execute on function wedding.lock_seating_guests(uuid, uuid[], boolean) to wedsync_app, wedsync_worker;
