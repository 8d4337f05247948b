-- SECURITY DEFINER: retention looks over all weddings and therefore has no tenant claim. It returns
-- counts only.
set local role wedsync_definer;

create or replace function wedding.remove_expired_contacts(
  months_default int, weddings_max int, today date default current_date
) returns table (weddings int, guests int)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  expired uuid[];
begin
  select coalesce(array_agg(due.id), '{}') into expired
  from (
    select w.id from wedding.weddings w
    left join wedding.retention_policies p on p.org_id = w.org_id
    where w.date + make_interval(months =>
        case when p.org_id is null then months_default else p.contacts_kept_months end) < today
      and (exists (select from wedding.guest_keys k where k.wedding_id = w.id)
        or exists (select from wedding.household_keys k where k.wedding_id = w.id))
    order by w.date, w.id limit weddings_max
    for no key update of w skip locked
  ) due;
  weddings := cardinality(expired);

  delete from wedding.guest_keys k where k.wedding_id = any (expired);
  get diagnostics guests = row_count;
  delete from wedding.household_keys k where k.wedding_id = any (expired);
  update wedding.guests g set email_cipher = null, email_hash = null, phone_cipher = null,
    phone_hash = null, other_contacts_cipher = null, other_contact_hashes = '{}'
  where g.wedding_id = any (expired)
    and (num_nonnulls(g.email_cipher, g.phone_cipher, g.other_contacts_cipher) > 0);
  update wedding.households h set street_cipher = null, postal_code_cipher = null, link_hash = null,
    link_version = h.link_version + 1
  where h.wedding_id = any (expired);
  delete from wedding.guest_sources s where s.wedding_id = any (expired);
  delete from wedding.household_sources s where s.wedding_id = any (expired);
  update wedding.deliveries d set address_cipher = null
  where d.wedding_id = any (expired) and d.address_cipher is not null;
  delete from wedding.inbound_texts t where t.wedding_id = any (expired);
  update wedding.audit_log a set before = null, after = null
  where a.wedding_id = any (expired) and a.entity in ('guest', 'household')
    and num_nonnulls(a.before, a.after) > 0;
  update wedding.guest_import_changes c
  set before = case when c.before is not null then '{}'::jsonb end, after = '{}'::jsonb
  where c.wedding_id = any (expired) and c.after <> '{}';
  return next;
end
$$;
comment on function wedding.remove_expired_contacts(int, int, date) is
  'Erases contacts and addresses of weddings that are longer past than their company keeps them; at most weddings_max, and how many it was';
revoke execute on function wedding.remove_expired_contacts(int, int, date) from public;
grant execute on function wedding.remove_expired_contacts(int, int, date) to wedsync_worker;
