-- SECURITY DEFINER: findings are about all weddings; operators only.
set local role wedsync_definer;

create or replace function ops.list_integrity_findings(wanted text[], older_than timestamptz, older_id uuid, page_size int)
returns table (
  id uuid, check_name text, severity text, org_id uuid, wedding_id uuid, message_id uuid, entity_id uuid,
  details jsonb, state text, first_seen_at timestamptz, last_seen_at timestamptz, closed_at timestamptz, note text)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select f.id, f.check_name, f.severity, f.org_id, f.wedding_id, f.message_id, f.entity_id,
    f.details, f.state, f.first_seen_at, f.last_seen_at, f.closed_at, f.note
  from ops.integrity_findings f
  where f.state = any (wanted)
    and (older_than is null or (f.first_seen_at, f.id) < (older_than, older_id))
  order by f.first_seen_at desc, f.id desc limit page_size;
end
$$;
comment on function ops.list_integrity_findings(text[], timestamptz, uuid, int) is
  'What the integrity check found, newest first; operators only';
revoke execute on function ops.list_integrity_findings(text[], timestamptz, uuid, int) from public;
grant execute on function ops.list_integrity_findings(text[], timestamptz, uuid, int) to wedsync_app;

create or replace function ops.list_integrity_runs(runs_max int)
returns table (id uuid, started_at timestamptz, finished_at timestamptz, days int, checks jsonb)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select r.id, r.started_at, r.finished_at, r.days, r.checks from ops.integrity_runs r
  order by r.started_at desc limit runs_max;
end
$$;
comment on function ops.list_integrity_runs(int) is 'The last runs of the integrity check; operators only';
revoke execute on function ops.list_integrity_runs(int) from public;
grant execute on function ops.list_integrity_runs(int) to wedsync_app;

create or replace function ops.accept_integrity_finding(finding uuid, words text) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  operator uuid := ops.require_operator();
begin
  update ops.integrity_findings f
  set state = 'accepted', closed_at = now(), closed_by = operator, note = words
  where f.id = finding and f.state = 'open';
  return found;
end
$$;
comment on function ops.accept_integrity_finding(uuid, text) is
  'An operator has looked at a finding and says why it may stay; false where it is not open';
revoke execute on function ops.accept_integrity_finding(uuid, text) from public;
grant execute on function ops.accept_integrity_finding(uuid, text) to wedsync_app;
