-- SECURITY DEFINER: retention looks over all weddings and therefore has no tenant claim. It returns
-- counts only.
set local role wedsync_definer;

create or replace function wedding.remove_expired_guest_data(kept interval, rows_max int)
  returns table (guests int, households int, import_changes int)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  expired uuid[];
begin
  -- A host goes only together with every companion, because companions are deleted along.
  select coalesce(array_agg(due.id), '{}') into expired
  from (
    select g.id from wedding.guests g
    where g.removed_at < now() - kept
      and not exists (
        select from wedding.guests c
        where c.wedding_id = g.wedding_id and c.household_id = g.household_id and c.plus_one_of = g.id
          and (c.removed_at is null or c.removed_at >= now() - kept))
    order by g.removed_at, g.id
    limit rows_max
    for update skip locked
  ) due;

  -- The ledger of messages stays, and with it the hash that proves who was written to.
  update wedding.deliveries d set address_cipher = null
  from wedding.guests g
  where g.id = any (expired) and d.wedding_id = g.wedding_id and d.guest_id = g.id
    and d.address_cipher is not null and d.state not in ('ready', 'claimed');
  -- The audit keeps who did what and when; what the person was called goes.
  update wedding.audit_log a set before = null, after = null
  from wedding.guests g
  where g.id = any (expired) and a.wedding_id = g.wedding_id and a.entity_id = g.id;
  delete from wedding.guests g where g.id = any (expired);
  get diagnostics guests = row_count;

  with due as (
    select h.wedding_id, h.id from wedding.households h
    where h.removed_at < now() - kept
      and not exists (
        select from wedding.guests g where g.wedding_id = h.wedding_id and g.household_id = h.id)
    order by h.removed_at, h.id
    limit rows_max
    for update skip locked
  ), silenced as (
    update wedding.audit_log a set before = null, after = null
    from due where a.wedding_id = due.wedding_id and a.entity_id = due.id
  )
  delete from wedding.households h using due where h.wedding_id = due.wedding_id and h.id = due.id;
  get diagnostics households = row_count;

  -- That an import wrote a row stays in the row's history; what it replaced goes.
  update wedding.guest_import_changes c
  set before = case when c.before is not null then '{}'::jsonb end, after = '{}'::jsonb
  from (
    select old.wedding_id, old.import_id, old.entity, old.entity_id
    from wedding.guest_import_changes old
    join wedding.guest_imports i on i.wedding_id = old.wedding_id and i.id = old.import_id
    where i.applied_at < now() - kept and (old.after <> '{}' or old.before <> '{}')
    limit rows_max
  ) due
  where c.wedding_id = due.wedding_id and c.import_id = due.import_id
    and c.entity = due.entity and c.entity_id = due.entity_id;
  get diagnostics import_changes = row_count;
  return next;
end
$$;
comment on function wedding.remove_expired_guest_data(interval, int) is
  'Erases guests and households that were removed longer ago than `kept`, and what imports older than that replaced; at most rows_max of each, and how many it was';
revoke execute on function wedding.remove_expired_guest_data(interval, int) from public;
grant execute on function wedding.remove_expired_guest_data(interval, int) to wedsync_worker;
