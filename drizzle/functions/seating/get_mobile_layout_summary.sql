create or replace function wedding.get_mobile_layout_summary(the_event uuid) returns jsonb
  -- PL/pgSQL binds late: views are created after functions.
  language plpgsql stable
  set search_path = ''
  set plan_cache_mode = force_generic_plan
as $$
begin
  return (select jsonb_build_object('revision', d.revision, 'seatCount', d.seat_count, 'seatedCount', d.seated_count,
    'unseatedCount', d.unseated_count,
    'tables', (
      select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'label', t.label, 'seatCount', t.seat_count,
          'seatedCount', coalesce(taken.n, 0)) order by length(t.label), t.label_key), '[]')
      from wedding.seating_tables t
      left join (
        select s.table_id, count(*) as n
        from wedding.seating_assignments a
        join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
        where a.wedding_id = (select wedding.current_wedding_id()) and a.event_id = the_event
        group by s.table_id
      ) taken on taken.table_id = t.id
      where t.wedding_id = (select wedding.current_wedding_id()) and t.event_id = the_event))
  from wedding.v_seating_frontend_dashboard d
  where d.wedding_id = (select wedding.current_wedding_id()) and d.event_id = the_event);
end
$$;
comment on function wedding.get_mobile_layout_summary(uuid) is
  'A plan for a phone: figures and tables without guests, some 120 bytes a table; null without a layout';
revoke execute on function wedding.get_mobile_layout_summary(uuid) from public;
grant execute on function wedding.get_mobile_layout_summary(uuid) to wedsync_app, wedsync_worker;
