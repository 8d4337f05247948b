-- What every change of a plan leaves behind besides its rows, in the statement that made it: the lock of
-- the layout is then held for no round trip. Runs with the rights of its caller.
create or replace function wedding.record_seating_change(the_event uuid, outcome jsonb, trail jsonb)
  returns jsonb
  language plpgsql volatile
  set search_path = ''
  set plan_cache_mode = force_generic_plan
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  who uuid := wedding.current_user_id();
  parts jsonb := outcome -> 'parts';
begin
  if outcome ->> 'status' <> 'done' then
    return outcome;
  end if;
  insert into wedding.audit_log
    (org_id, id, wedding_id, actor_kind, actor_id, action, entity, entity_id, after, request_id)
  values ((trail ->> 'orgId')::uuid, (trail ->> 'id')::uuid, tenant,
    current_setting('app.actor_kind', true), who, trail ->> 'action', 'seating', the_event,
    jsonb_build_object('revision', outcome -> 'revision', 'kind', outcome -> 'kind') || parts,
    trail ->> 'requestId');
  with counter as (
    insert into wedding.change_counters as counters (wedding_id, seq) values (tenant, 1)
    on conflict (wedding_id) do update set seq = counters.seq + 1
    returning seq
  )
  insert into wedding.changes (wedding_id, seq, entity, entity_id, kind, actor_id)
  select tenant, seq, 'seating', the_event, 'updated', who from counter;
  return outcome || jsonb_build_object(
    'userName', (select me.name from auth.my_account() as me),
    'guestNames', coalesce((
      select jsonb_object_agg(g.id, coalesce(nullif(btrim(g.first_name || ' ' || g.last_name), ''), 'a companion'))
      from wedding.guests g where g.wedding_id = tenant and g.id = any (
        array(select named.id::uuid from jsonb_array_elements_text(parts -> 'guestIds') as named (id)))), '{}'));
end
$$;
comment on function wedding.record_seating_change(uuid, jsonb, jsonb) is
  'Writes audit and change feed of a change of a plan that was written, and answers it with the names that its summary needs; anything else comes back as it is';
revoke execute on function wedding.record_seating_change(uuid, jsonb, jsonb) from public;
grant execute on function wedding.record_seating_change(uuid, jsonb, jsonb) to wedsync_app, wedsync_worker;
