-- SECURITY DEFINER: the materialized views are over all weddings and belong to the owner of the
-- tables, whom FORCE ROW LEVEL SECURITY shows nothing. Callable by the owner alone, who calls them
-- while the views are refreshed.
set local role wedsync_definer;

create or replace function wedding.seating_layout_rows() returns table (
    wedding_id uuid, event_id uuid, layout_id uuid, revision bigint, table_count int, seat_count int,
    invited_count int, seated_count int, unseated_count int, locked_count int, declined_seated_count int,
    broken_rules int, score numeric)
  -- PL/pgSQL binds late: what judges a plan is created after it.
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select l.wedding_id, l.event_id, l.id, l.revision, coalesce(t.n, 0)::int, coalesce(t.seats, 0)::int,
    coalesce(i.n, 0)::int, coalesce(a.n, 0)::int, coalesce(i.unseated, 0)::int, coalesce(a.locked, 0)::int,
    coalesce(i.declined, 0)::int, coalesce(broken.n, 0)::int,
    wedding.calculate_layout_optimization_score(l.event_id, l.wedding_id)
  from wedding.seating_layouts l
  left join lateral (
    select count(*) as n, sum(t.seat_count) as seats from wedding.seating_tables t
    where t.wedding_id = l.wedding_id and t.event_id = l.event_id) t on true
  left join lateral (
    select count(*) as n, count(*) filter (where a.is_locked) as locked from wedding.seating_assignments a
    where a.wedding_id = l.wedding_id and a.event_id = l.event_id) a on true
  left join lateral (
    select count(*) filter (where i.answer is distinct from 'no') as n,
      count(*) filter (where i.answer is distinct from 'no' and s.guest_id is null) as unseated,
      count(*) filter (where i.answer = 'no' and s.guest_id is not null) as declined
    from wedding.invitations i
    join wedding.guests g on g.wedding_id = i.wedding_id and g.id = i.guest_id
      and g.removed_at is null and g.erased_at is null
    left join wedding.seating_assignments s
      on s.wedding_id = i.wedding_id and s.event_id = i.event_id and s.guest_id = i.guest_id
    where i.wedding_id = l.wedding_id and i.event_id = l.event_id) i on true
  left join lateral (
    select count(*) as n from wedding.validate_seating_constraints_batch(l.event_id, null, l.wedding_id) v
    where v.severity = 'rule') broken on true;
end
$$;
comment on function wedding.seating_layout_rows() is 'Rows of mv_seating_layout_summary';

create or replace function wedding.seating_table_rows() returns table (
    wedding_id uuid, event_id uuid, table_id uuid, seat_count int, seated_count int, occupancy numeric,
    is_locked boolean)
  language sql stable security definer set search_path = ''
as $$
  select t.wedding_id, t.event_id, t.id, t.seat_count, coalesce(taken.n, 0)::int,
    round(coalesce(taken.n, 0)::numeric / t.seat_count, 3), t.is_locked
  from wedding.seating_tables t
  left join (
    select s.wedding_id, s.table_id, count(*) as n
    from wedding.seating_assignments a
    join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
    group by s.wedding_id, s.table_id
  ) taken on taken.wedding_id = t.wedding_id and taken.table_id = t.id
$$;
comment on function wedding.seating_table_rows() is 'Rows of mv_table_occupancy_stats';

revoke execute on function wedding.seating_layout_rows(), wedding.seating_table_rows() from public;
grant execute on function wedding.seating_layout_rows(), wedding.seating_table_rows() to wedsync_owner;
