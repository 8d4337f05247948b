-- SECURITY DEFINER: operators look over all companies and have a claim on none.
set local role wedsync_definer;

create or replace function ops.list_send_rates()
  returns table (scope text, name text, per_second float8, burst int, reserved_ms float8, updated_at timestamptz)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_operator();
  return query
  select r.scope, coalesce(o.name, split_part(r.scope, ':', 2)), r.per_second::float8, r.burst,
    case when r.next_at > now() then extract(epoch from r.next_at - now()) * 1000 else 0 end::float8,
    r.updated_at
  from ops.send_rates r
  left join wedding.organizations o on r.scope = 'org:' || o.id
  order by r.scope like 'org:%', 2;
end
$$;
comment on function ops.list_send_rates() is
  'How fast messages may leave, per provider and company, with the company''s name';
revoke execute on function ops.list_send_rates() from public;
grant execute on function ops.list_send_rates() to wedsync_app;
