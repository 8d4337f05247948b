-- SECURITY DEFINER: the couple sees until when their guests' contacts are kept, but not the company
-- that decides it.
set local role wedsync_definer;

create or replace function wedding.contacts_kept_months(months_default int) returns int
  language sql stable security definer set search_path = ''
as $$
  select case when p.org_id is null then months_default else p.contacts_kept_months end
  from wedding.weddings w
  left join wedding.retention_policies p on p.org_id = w.org_id
  where w.id = wedding.current_wedding_id()
$$;
comment on function wedding.contacts_kept_months(int) is
  'Months after the wedding day for which the contacts of the claimed wedding are kept; null = until somebody erases them';
revoke execute on function wedding.contacts_kept_months(int) from public;
grant execute on function wedding.contacts_kept_months(int) to wedsync_app;
