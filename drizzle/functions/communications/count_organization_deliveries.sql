-- SECURITY DEFINER: counts belong to weddings, and a company asks about all of its own. The claim on
-- the company is the filter; only numbers and the weddings' titles come back.
set local role wedsync_definer;
create or replace function wedding.count_organization_deliveries()
returns table (wedding_id uuid, title text, channel text, state text, n bigint)
  language sql stable security definer set search_path = ''
as $$
  select w.id, w.title, c.channel, c.state, sum(c.n)::bigint
  from wedding.weddings w
  join wedding.delivery_counts c on c.wedding_id = w.id
  where w.org_id = (select wedding.current_org_id())
  group by w.id, c.channel, c.state
  having sum(c.n) > 0
$$;
comment on function wedding.count_organization_deliveries() is
  'Deliveries of all weddings of the company that asks, by channel and state';
revoke execute on function wedding.count_organization_deliveries() from public;
grant execute on function wedding.count_organization_deliveries() to wedsync_app;
