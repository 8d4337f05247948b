-- SECURITY DEFINER: part of the triggers on guests and invitations, callable by nothing else. It works
-- in the wedding that the trigger names.
set local role wedsync_definer;

create or replace function wedding.unseat_departed(tenant uuid, only_event uuid, leaving uuid[]) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  the_event uuid;
  seated uuid[];
begin
  -- The lock comes before the look: a guest who is being seated at this moment is seen afterwards.
  -- Where the event or wedding itself is being deleted, the whole plan goes with it.
  for the_event in
    select l.event_id from wedding.seating_layouts l
    join wedding.events e on e.wedding_id = l.wedding_id and e.id = l.event_id
    join wedding.weddings w on w.id = l.wedding_id
    where l.wedding_id = tenant and (only_event is null or l.event_id = only_event)
    order by l.event_id
    for no key update of l
  loop
    seated := array(
      select a.guest_id from wedding.seating_assignments a
      where a.wedding_id = tenant and a.event_id = the_event and a.guest_id = any (leaving)
      order by a.guest_id);
    continue when seated = '{}';
    perform wedding.apply_seating_patch(tenant, the_event, 'guests-left',
      jsonb_build_object('guestIds', to_jsonb(seated[1:3]), 'guestCount', cardinality(seated)),
      jsonb_build_object('unseatedGuestIds', to_jsonb(seated)));
    with counter as (
      insert into wedding.change_counters as counters (wedding_id, seq) values (tenant, 1)
      on conflict (wedding_id) do update set seq = counters.seq + 1
      returning seq
    )
    insert into wedding.changes (wedding_id, seq, entity, entity_id, kind, actor_id)
    select tenant, seq, 'seating', the_event, 'updated', wedding.current_user_id() from counter;
  end loop;
end
$$;
comment on function wedding.unseat_departed(uuid, uuid, uuid[]) is
  'Takes the seats of guests who were removed, erased or uninvited, at one event or at all, with one operation per plan';
revoke execute on function wedding.unseat_departed(uuid, uuid, uuid[]) from public;
