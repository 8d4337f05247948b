create or replace function wedding.get_available_tables_optimized(
  the_event uuid, seats_needed int default 1, needed_features text[] default '{}')
  returns table (table_id uuid, label text, seat_count int, free_count int, features text[])
  language sql stable set search_path = ''
as $$
  select t.id, t.label, t.seat_count, t.seat_count - coalesce(taken.n, 0)::int, t.features
  from wedding.seating_tables t
  left join (
    select s.table_id, count(*) as n
    from wedding.seating_assignments a
    join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
    where a.wedding_id = (select wedding.current_wedding_id()) and a.event_id = the_event
    group by s.table_id
  ) taken on taken.table_id = t.id
  where t.wedding_id = (select wedding.current_wedding_id()) and t.event_id = the_event
    and not t.is_locked and needed_features <@ t.features
    and t.seat_count - coalesce(taken.n, 0) >= greatest(seats_needed, 1)
  -- The tightest fit first leaves the large gaps to large parties.
  order by t.seat_count - coalesce(taken.n, 0), length(t.label), t.label_key
$$;
comment on function wedding.get_available_tables_optimized(uuid, int, text[]) is
  'Unlocked tables with at least so many free seats and these features, the tightest fit first';
revoke execute on function wedding.get_available_tables_optimized(uuid, int, text[]) from public;
grant execute on function wedding.get_available_tables_optimized(uuid, int, text[]) to wedsync_app, wedsync_worker;
