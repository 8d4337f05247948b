-- SECURITY DEFINER: an operator has no claim on a company, and no login may write the audit table.
set local role wedsync_definer;

create or replace function ops.record_operator_action(
  audit_id uuid, target_org uuid, action text, entity text, entity_id text,
  before jsonb, after jsonb, request_id text
) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  operator uuid := ops.require_operator();
begin
  insert into ops.operator_audit (id, operator_id, action, entity, entity_id, before, after, request_id)
  values (audit_id, operator, $3, $4, $5, $6, $7, $8);
  if target_org is not null then
    insert into wedding.audit_log
      (org_id, id, actor_kind, actor_id, action, entity, entity_id, before, after, request_id)
    values (target_org, audit_id, 'operator', operator, $3, $4, target_org, $6, $7, $8);
  end if;
end
$$;
comment on function ops.record_operator_action(uuid, uuid, text, text, text, jsonb, jsonb, text) is
  'Appends to the operators'' audit; with a company also to that company''s own audit log, under the same id';
revoke execute on function ops.record_operator_action(uuid, uuid, text, text, text, jsonb, jsonb, text) from public;
grant execute on function ops.record_operator_action(uuid, uuid, text, text, text, jsonb, jsonb, text) to wedsync_app;
