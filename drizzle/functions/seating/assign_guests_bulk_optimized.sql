-- Places guests and takes seats back, all of it or nothing. Reads under the lock of the layout, so what
-- it decides on is what it writes to. Runs with the rights of its caller, in the wedding of the claims.
create or replace function wedding.assign_guests_bulk_optimized(
  the_event uuid, placements jsonb, unseat uuid[] default '{}', expected_revision bigint default null,
  by text default 'manual', op_kind text default 'assigned', op_parts jsonb default '{}')
  returns jsonb
  language plpgsql volatile set search_path = ''
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  present_revision bigint;
  conflicts jsonb;
  placed jsonb;
  leaving uuid[];
begin
  select l.revision into present_revision from wedding.seating_layouts l
  where l.wedding_id = tenant and l.event_id = the_event for no key update;
  if not found then
    return jsonb_build_object('status', 'no-layout');
  end if;
  if expected_revision is not null and expected_revision <> present_revision then
    return jsonb_build_object('status', 'stale', 'revision', present_revision);
  end if;

  with wanted as (
    select ord, (p ->> 'guestId')::uuid as guest_id, (p ->> 'tableId')::uuid as table_id,
      (p ->> 'seatNumber')::int as seat_number
    from jsonb_array_elements(placements) with ordinality as e (p, ord)
  ), moving as (
    select guest_id from wanted union select unnest(unseat)
  ), named as (
    select w.*, t.label, t.is_locked as to_locked, t.id is not null as has_table,
      here.seat_id as now_seat, here.is_locked as now_locked, seat_now.table_id as now_table,
      table_now.is_locked as from_locked, table_now.label as from_label,
      count(*) over (partition by w.guest_id) as mentions
    from wanted w
    left join wedding.seating_tables t
      on t.wedding_id = tenant and t.event_id = the_event and t.id = w.table_id
    left join wedding.seating_assignments here
      on here.wedding_id = tenant and here.event_id = the_event and here.guest_id = w.guest_id
    left join wedding.seating_seats seat_now on seat_now.wedding_id = tenant and seat_now.id = here.seat_id
    left join wedding.seating_tables table_now on table_now.wedding_id = tenant and table_now.id = seat_now.table_id
  ), seats as (
    -- Seats of the named tables that nobody keeps: free, or of somebody who moves along.
    select s.id, s.table_id, s.number
    from wedding.seating_seats s
    where s.wedding_id = tenant and s.event_id = the_event
      and s.table_id in (select table_id from wanted)
    order by s.table_id, s.number
    for update skip locked
  ), open_seats as (
    select s.* from seats s
    where not exists (select from wedding.seating_assignments a
      where a.wedding_id = tenant and a.event_id = the_event and a.seat_id = s.id
        and (a.is_locked or a.guest_id not in (select guest_id from moving)))
  ), exact as (
    -- Whoever has a number takes it; whoever sits at the table already and has none stays.
    select n.ord, n.guest_id, n.table_id, s.id as seat_id, s.number,
      row_number() over (partition by s.id order by n.ord) as claim
    from named n
    join seats s on s.table_id = n.table_id
      and (s.number = n.seat_number or (n.seat_number is null and s.id = n.now_seat))
  ), free_seats as (
    select o.id, o.table_id, o.number, row_number() over (partition by o.table_id order by o.number) as place
    from open_seats o where o.id not in (select seat_id from exact)
  ), waiting as (
    select n.ord, n.guest_id, n.table_id, row_number() over (partition by n.table_id order by n.ord) as place
    from named n
    where n.seat_number is null and n.now_table is distinct from n.table_id
  ), target as (
    select e.ord, e.guest_id, e.seat_id, e.number from exact e
    union all
    select w.ord, w.guest_id, f.id, f.number from waiting w join free_seats f using (table_id, place)
  ), judged as (
    select n.ord, n.guest_id, n.table_id, n.label, n.from_label, n.seat_number, n.now_seat, n.now_locked,
      target.seat_id,
      case
        when n.mentions > 1 then 'named-twice'
        when not n.has_table then 'no-such-table'
        when target.seat_id is not null and target.seat_id = n.now_seat then null
        when not exists (
          select from wedding.invitations i
          join wedding.guests g on g.wedding_id = tenant and g.id = i.guest_id
          where i.wedding_id = tenant and i.event_id = the_event and i.guest_id = n.guest_id
            and g.removed_at is null and g.erased_at is null) then 'guest-not-invited'
        when n.now_locked then 'guest-locked'
        when n.to_locked or n.from_locked then 'table-locked'
        when n.seat_number is not null and not exists (
          select from seats s where s.table_id = n.table_id and s.number = n.seat_number) then 'no-such-seat'
        when n.seat_number is null and target.seat_id is null then 'table-full'
        when n.seat_number is not null and (
          target.seat_id not in (select id from open_seats)
          or exists (select from exact e where e.ord = n.ord and e.claim > 1)) then 'seat-taken'
      end as reason,
      case when n.from_locked and not coalesce(n.to_locked, false) then n.from_label else n.label end as table_label
    from named n left join target using (ord)
  ), leavers as (
    select a.guest_id, a.is_locked, t.is_locked as table_locked, t.label
    from wedding.seating_assignments a
    join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
    join wedding.seating_tables t on t.wedding_id = tenant and t.id = s.table_id
    where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (unseat)
      and a.guest_id not in (select guest_id from wanted)
  )
  select
    (select jsonb_agg(jsonb_build_object('guestId', c.guest_id, 'reason', c.reason, 'tableLabel', c.table_label,
        'tableId', c.table_id, 'seatNumber', c.seat_number) order by c.ord)
      from (
        select ord, guest_id, reason, table_label, table_id, seat_number from judged where reason is not null
        union all
        select 1000000, guest_id, case when is_locked then 'guest-locked' else 'table-locked' end, label, null, null
        from leavers where is_locked or table_locked) c),
    (select jsonb_agg(jsonb_build_object('guestId', guest_id, 'seatId', seat_id, 'isLocked', false,
        'placedBy', by) order by guest_id)
      from judged where reason is null and seat_id is distinct from now_seat),
    array(select guest_id from leavers order by guest_id)
  into conflicts, placed, leaving;

  if conflicts is not null then
    return jsonb_build_object('status', 'refused', 'conflicts', conflicts);
  end if;
  if placed is null and leaving = '{}' then
    return jsonb_build_object('status', 'same', 'revision', present_revision);
  end if;
  return wedding.apply_seating_patch(tenant, the_event, op_kind,
    op_parts || jsonb_build_object(
      'guestIds', coalesce((select jsonb_agg(id order by id) from (
        select (a ->> 'guestId')::uuid as id from jsonb_array_elements(placed) as a
        union select unnest(leaving) limit 3) named), '[]'),
      'guestCount', coalesce(jsonb_array_length(placed), 0) + cardinality(leaving),
      'tableLabels', coalesce((select jsonb_agg(label order by label) from (
        select distinct t.label from jsonb_array_elements(placed) as a
        join wedding.seating_seats s on s.wedding_id = tenant and s.id = (a ->> 'seatId')::uuid
        join wedding.seating_tables t on t.wedding_id = tenant and t.id = s.table_id
        order by t.label limit 3) labels), '[]')),
    jsonb_strip_nulls(jsonb_build_object('assignments', placed,
      'unseatedGuestIds', case when leaving <> '{}' then to_jsonb(leaving) end)));
end
$$;
comment on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb) is
  'Seats guests at tables (lowest free seat) or on numbered seats and unseats others, all or nothing; status done, same, stale, no-layout, or refused with the list of conflicts';
revoke execute on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb) from public;
grant execute on function wedding.assign_guests_bulk_optimized(uuid, jsonb, uuid[], bigint, text, text, jsonb)
  to wedsync_app, wedsync_worker;
