-- SECURITY DEFINER: operators look over all companies and have a claim on none. It answers figures and
-- ids, nobody's name and no plan.
set local role wedsync_definer;

create or replace function ops.list_seating_runs(older_than uuid, page_size int)
  returns table (
    id uuid, wedding_id uuid, event_id uuid, company text, mode text, state text, is_stuck boolean,
    seconds int, queued_at timestamptz, waited_ms float8, took_ms float8, start_cost bigint, cost bigint,
    gap float8, moved_count int, is_applied boolean, error text)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_operator();
  return query
  select r.id, r.wedding_id, r.event_id, o.name, r.mode, r.state,
    r.state = 'running' and r.lease_until < now(), r.seconds, r.queued_at,
    extract(epoch from r.started_at - r.queued_at)::float8 * 1000,
    extract(epoch from coalesce(r.ended_at, now()) - r.started_at)::float8 * 1000,
    r.start_cost, r.cost, r.gap, r.moved_count, r.applied_revision is not null, r.error
  from wedding.seating_runs r
  join wedding.weddings w on w.id = r.wedding_id
  join wedding.organizations o on o.id = w.org_id
  where older_than is null or (r.queued_at, r.id) < (
    select before.queued_at, before.id from wedding.seating_runs before where before.id = older_than limit 1)
  order by r.queued_at desc, r.id desc
  limit page_size;
end
$$;
comment on function ops.list_seating_runs(uuid, int) is
  'Optimizations of seating plans over all weddings, newest first, after the one with the given id; for operators';
revoke execute on function ops.list_seating_runs(uuid, int) from public;
grant execute on function ops.list_seating_runs(uuid, int) to wedsync_app;
