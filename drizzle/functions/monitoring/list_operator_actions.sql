-- SECURITY DEFINER: the names of operators, users and companies are spread over all tenants.
set local role wedsync_definer;

create or replace function ops.list_operator_actions(wanted text, older_than uuid, page_size int)
  returns table (
    id uuid, at timestamptz, operator_id uuid, operator_name text, action text, entity text,
    entity_id text, subject text, before jsonb, after jsonb, request_id text)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  with named as (
    select a.id, a.at, a.operator_id, o.name as operator_name, a.action, a.entity, a.entity_id,
      coalesce(u.name, c.name) as subject, a.before, a.after, a.request_id
    from ops.operator_audit a
    join auth.users o on o.id = a.operator_id
    left join auth.users u on a.entity = 'user' and u.id::text = a.entity_id
    left join wedding.organizations c on a.entity = 'organization' and c.id::text = a.entity_id
    where older_than is null or a.id < older_than
  )
  select n.* from named n
  where wanted = ''
    or position(lower(wanted) in lower(
      concat_ws(' ', n.operator_name, n.action, n.subject, n.after ->> 'job', n.entity_id))) > 0
  order by n.id desc
  limit page_size;
end
$$;
comment on function ops.list_operator_actions(text, uuid, int) is
  'Operators'' audit with names, newest first; older_than is the last id of the page before';
revoke execute on function ops.list_operator_actions(text, uuid, int) from public;
grant execute on function ops.list_operator_actions(text, uuid, int) to wedsync_app;
