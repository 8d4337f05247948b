-- SECURITY DEFINER: whoever opens a link has no claims yet; the answer is what the claims will be.
set local role wedsync_definer;

create or replace function wedding.find_household_by_link(hash bytea)
  returns table (org_id uuid, wedding_id uuid, household_id uuid)
  language sql stable security definer set search_path = ''
begin atomic
  select w.org_id, h.wedding_id, h.id
  from wedding.households h
  join wedding.weddings w on w.id = h.wedding_id
  where h.link_hash = hash and h.removed_at is null;
end;
comment on function wedding.find_household_by_link(bytea) is
  'Whose link this is, by the SHA-256 of its token; no row for a revoked link or a removed household';
revoke execute on function wedding.find_household_by_link(bytea) from public;
grant execute on function wedding.find_household_by_link(bytea) to wedsync_app;
