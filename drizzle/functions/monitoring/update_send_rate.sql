-- SECURITY DEFINER: how fast the installation sends is for operators to say, so the server has no
-- right of its own on the table.
set local role wedsync_definer;

create or replace function ops.update_send_rate(target_scope text, new_per_second numeric, new_burst int)
  returns table (was_per_second float8, was_burst int)
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  if target_scope like 'org:%'
    and not exists (
      select from wedding.organizations o where o.id = split_part(target_scope, ':', 2)::uuid) then
    return;
  end if;
  -- A row comes back in any case: nulls where the scope had no limit before.
  return query
  select r.per_second::float8, r.burst
  from (select) as one left join ops.send_rates r on r.scope = target_scope;
  if new_per_second is null then
    delete from ops.send_rates r where r.scope = target_scope;
  else
    insert into ops.send_rates as r (scope, per_second, burst)
    values (target_scope, new_per_second, new_burst)
    on conflict (scope) do update set
      per_second = excluded.per_second, burst = excluded.burst, updated_at = now();
  end if;
end
$$;
comment on function ops.update_send_rate(text, numeric, int) is
  'Sets or lifts a limit of sending and returns the one before; no row where the company does not exist';
revoke execute on function ops.update_send_rate(text, numeric, int) from public;
grant execute on function ops.update_send_rate(text, numeric, int) to wedsync_app;
