-- SECURITY DEFINER: the sweep looks over all weddings and therefore has no tenant claim. It returns
-- ids only; every change that follows is made under the claims of the wedding concerned.
set local role wedsync_definer;
create or replace function wedding.find_fallback_messages(found_max int)
returns table (org_id uuid, wedding_id uuid, message_id uuid)
  language sql stable security definer set search_path = ''
as $$
  select w.org_id, m.wedding_id, m.id
  from wedding.messages m
  join wedding.weddings w on w.id = m.wedding_id
  left join wedding.fallback_progress p on p.wedding_id = m.wedding_id and p.message_id = m.id
  -- What failed a month after it was written would surprise the guest more than it helps.
  where m.id > ops.uuid_of_moment(now() - interval '31 days')
    and m.fallback_channel is not null and m.state in ('sending', 'sent')
    and (m.not_after is null or m.not_after > now())
    and (p.next_at <= now()
      or p.message_id is null and m.fallback_after is not null
      or wedding.count_unreached(m.wedding_id, m.id) > coalesce(p.failed_seen, 0))
  order by m.id
  limit found_max
$$;
comment on function wedding.find_fallback_messages(int) is
  'Messages with guests whom their channel did not reach since they were last looked at';
revoke execute on function wedding.find_fallback_messages(int) from public;
grant execute on function wedding.find_fallback_messages(int) to wedsync_worker;
