drop view if exists wedding.v_seating_frontend_dashboard;
create view wedding.v_seating_frontend_dashboard with (security_invoker = true) as
  select l.wedding_id, l.event_id, l.id as layout_id, l.revision, l.capacity,
    (select count(*)::int from wedding.seating_tables t
      where t.wedding_id = l.wedding_id and t.event_id = l.event_id) as table_count,
    (select count(*)::int from wedding.seating_seats s
      where s.wedding_id = l.wedding_id and s.event_id = l.event_id) as seat_count,
    (select count(*)::int from wedding.seating_assignments a
      where a.wedding_id = l.wedding_id and a.event_id = l.event_id) as seated_count,
    (select count(*)::int from wedding.invitations i
      join wedding.guests g on g.wedding_id = i.wedding_id and g.id = i.guest_id
        and g.removed_at is null and g.erased_at is null
      where i.wedding_id = l.wedding_id and i.event_id = l.event_id and i.answer is distinct from 'no'
        and not exists (select from wedding.seating_assignments a
          where a.wedding_id = i.wedding_id and a.event_id = i.event_id and a.guest_id = i.guest_id)
    ) as unseated_count
  from wedding.seating_layouts l;
comment on view wedding.v_seating_frontend_dashboard is
  'Each seating plan in figures, live and of the reader''s wedding';
grant select on wedding.v_seating_frontend_dashboard to wedsync_app, wedsync_worker;
