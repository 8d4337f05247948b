-- Runs with the rights of its caller: the history is open to inserts of one's own wedding.
create or replace function wedding.seating_log_security_event(
  tenant uuid, refused_action text, request text) returns boolean
  language plpgsql volatile set search_path = ''
as $$
declare
  who uuid := wedding.current_user_id();
  company uuid := (select w.org_id from wedding.weddings w where w.id = tenant);
begin
  -- A screen that asks again and again is one event a minute.
  if who is null or company is null or exists (
    select from wedding.audit_log a
    where a.wedding_id = tenant and a.entity_id = who and a.action = 'seating.refused'
      and a.at > now() - interval '1 minute' and a.after ->> 'action' = refused_action)
  then
    return false;
  end if;
  insert into wedding.audit_log
    (org_id, id, wedding_id, actor_kind, actor_id, action, entity, entity_id, after, request_id)
  values (company, gen_random_uuid(), tenant,
    coalesce(nullif(current_setting('app.actor_kind', true), ''), 'user'), who, 'seating.refused', 'user', who,
    jsonb_build_object('action', refused_action), request);
  return true;
end
$$;
comment on function wedding.seating_log_security_event(uuid, text, text) is
  'Writes down that somebody tried to change a seating plan without the right to; once a minute per person and action';
revoke execute on function wedding.seating_log_security_event(uuid, text, text) from public;
grant execute on function wedding.seating_log_security_event(uuid, text, text) to wedsync_app;
