-- SECURITY DEFINER: the list spans all companies, and an operator has a claim on none of them.
set local role wedsync_definer;

create or replace function ops.list_organizations(wanted text, wanted_tier text, older_than uuid, page_size int)
  returns table (
    id uuid, name text, tier text, version int, created_at timestamptz, members int, weddings int,
    guests_most int, weddings_max int, members_max int, guests_per_wedding_max int)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return query
  select o.id, o.name, o.tier, o.version, o.created_at,
    (select count(*)::int from wedding.org_members m where m.org_id = o.id),
    (select count(*)::int from wedding.weddings w where w.org_id = o.id and w.archived_at is null),
    (select coalesce(max(g.guests), 0)::int from wedding.weddings w
      cross join lateral (select count(*) as guests from wedding.guests g where g.wedding_id = w.id) g
      where w.org_id = o.id and w.archived_at is null),
    l.weddings_max, l.members_max, l.guests_per_wedding_max
  from wedding.organizations o
  join wedding.tier_limits l on l.tier = o.tier
  where (older_than is null or o.id < older_than)
    and (wanted_tier is null or o.tier = wanted_tier)
    and (wanted = '' or position(lower(wanted) in lower(o.name)) > 0
      or exists (
        select from wedding.org_members m
        join auth.users u on u.id = m.user_id
        where m.org_id = o.id and position(lower(wanted) in lower(u.name || ' ' || u.email)) > 0))
  order by o.id desc
  limit page_size;
end
$$;
comment on function ops.list_organizations(text, text, uuid, int) is
  'Planner companies with what they use of their plan, newest first; wanted matches company or member';
revoke execute on function ops.list_organizations(text, text, uuid, int) from public;
grant execute on function ops.list_organizations(text, text, uuid, int) to wedsync_app;
