-- SECURITY DEFINER: retention looks over all weddings and therefore has no tenant claim. It returns
-- counts only.
set local role wedsync_definer;

create or replace function wedding.remove_expired_history(
  values_kept interval, texts_kept interval, rows_max int
) returns table (audit_values int, inbound_texts int)
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  update wedding.audit_log a set before = null, after = null
  from (
    select old.org_id, old.id from wedding.audit_log old
    where old.at < now() - values_kept and old.entity in ('guest', 'household')
      and num_nonnulls(old.before, old.after) > 0
    limit rows_max
  ) due
  where a.org_id = due.org_id and a.id = due.id;
  get diagnostics audit_values = row_count;
  delete from wedding.inbound_texts t
  using (
    select old.wedding_id, old.id from wedding.inbound_texts old
    where old.received_at < now() - texts_kept limit rows_max
  ) due
  where t.wedding_id = due.wedding_id and t.id = due.id;
  get diagnostics inbound_texts = row_count;
  return next;
end
$$;
comment on function wedding.remove_expired_history(interval, interval, int) is
  'Takes old values out of the history of guests and deletes old inbound texts; at most rows_max of each, and how many it was';
revoke execute on function wedding.remove_expired_history(interval, interval, int) from public;
grant execute on function wedding.remove_expired_history(interval, interval, int) to wedsync_worker;
