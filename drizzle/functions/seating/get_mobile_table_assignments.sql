create or replace function wedding.get_mobile_table_assignments(
  the_event uuid, after_length int default -1, after_label text default '', tables_max int default 20)
  returns table (id uuid, label text, label_key text, seat_count int, seated jsonb)
  language sql stable set search_path = ''
as $$
  with page as (
    select t.id, t.label, t.label_key, t.seat_count from wedding.seating_tables t
    where t.wedding_id = (select wedding.current_wedding_id()) and t.event_id = the_event
      and (length(t.label_key), t.label_key) > (after_length, after_label)
    -- "2" before "10".
    order by length(t.label_key), t.label_key
    limit tables_max
  )
  select page.id, page.label, page.label_key, page.seat_count, coalesce((
    select jsonb_agg(jsonb_build_object('guestId', g.id,
        'name', coalesce(nullif(btrim(g.first_name || ' ' || g.last_name), ''), 'Companion'),
        'seatNumber', s.number,
        'diets', (select coalesce(jsonb_agg(d ->> 'code'), '[]') from jsonb_array_elements(g.diets) as d))
      order by s.number)
    from wedding.seating_seats s
    join wedding.seating_assignments a
      on a.wedding_id = (select wedding.current_wedding_id()) and a.event_id = the_event and a.seat_id = s.id
    join wedding.guests g on g.wedding_id = (select wedding.current_wedding_id()) and g.id = a.guest_id
    where s.wedding_id = (select wedding.current_wedding_id()) and s.event_id = the_event
      and s.table_id = page.id), '[]')
  from page order by length(page.label_key), page.label_key
$$;
comment on function wedding.get_mobile_table_assignments(uuid, int, text, int) is
  'A page of tables with who sits at them, in the order of their labels, after the given one';
revoke execute on function wedding.get_mobile_table_assignments(uuid, int, text, int) from public;
grant execute on function wedding.get_mobile_table_assignments(uuid, int, text, int) to wedsync_app, wedsync_worker;
