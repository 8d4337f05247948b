create or replace function wedding.calculate_layout_optimization_score(
  the_event uuid, tenant uuid default wedding.current_wedding_id()) returns numeric
  -- PL/pgSQL binds late: the function that it calls is created after it.
  language plpgsql stable set search_path = ''
as $$
begin
  return (with guests as (
    select count(*) as invited, count(a.guest_id) as seated
    from wedding.invitations i
    join wedding.guests g on g.wedding_id = tenant and g.id = i.guest_id
      and g.removed_at is null and g.erased_at is null
    left join wedding.seating_assignments a
      on a.wedding_id = tenant and a.event_id = the_event and a.guest_id = i.guest_id
    where i.wedding_id = tenant and i.event_id = the_event and i.answer is distinct from 'no'
  ), wishes as (
    select coalesce(sum(r.weight), 0) as weight from wedding.seating_relationships r
    where r.wedding_id = tenant and (r.event_id is null or r.event_id = the_event)
      and r.kind not in ('must', 'never')
  ), broken as materialized (
    select v.severity, v.relationship_id, v.weight
    from wedding.validate_seating_constraints_batch(the_event, null, tenant) v
  ), unmet as (
    select coalesce(sum(w.weight), 0) as weight
    from (select distinct relationship_id, weight from broken where severity = 'wish') w
  )
  -- 60 points for seats given, 40 for wishes met among those who sit, 10 off for each broken rule.
  select case when guests.invited > 0 then greatest(0, round(
    guests.seated::numeric / guests.invited
      * (60 + 40 * (1 - unmet.weight::numeric / greatest(wishes.weight, 1)))
    - 10 * (select count(*) from broken where severity = 'rule'), 1)) end
  from guests, wishes, unmet);
end
$$;
comment on function wedding.calculate_layout_optimization_score(uuid, uuid) is
  '0 to 100: how far an event''s plan is done and how well it meets wishes; null without guests. A rough mark for overviews, not the optimizer''s objective';
revoke execute on function wedding.calculate_layout_optimization_score(uuid, uuid) from public;
grant execute on function wedding.calculate_layout_optimization_score(uuid, uuid)
  to wedsync_app, wedsync_worker, wedsync_definer;
