-- SECURITY DEFINER: the worker looks over all weddings and therefore has no tenant claim. It returns
-- ids only; what follows is done under the claims of the wedding concerned. Days are compared, with a
-- day's room for time zones; the exact moment is worked out where the rules of zones are the same as
-- everywhere else.
set local role wedsync_definer;
create or replace function wedding.find_reminder_rules(looked_back interval, found_max int)
returns table (org_id uuid, wedding_id uuid, rule_id uuid)
  language sql stable security definer set search_path = ''
as $$
  select w.org_id, r.wedding_id, r.id
  from wedding.reminder_rules r
  join wedding.weddings w on w.id = r.wedding_id and w.archived_at is null
  left join wedding.events e on e.wedding_id = r.wedding_id and e.id = r.event_id
  cross join lateral (
    select r.days + case r.anchor
      when 'rsvp_deadline' then w.rsvp_deadline when 'wedding_day' then w.date else e.starts_on end as day
  ) as due
  where not r.paused
    and due.day between (now() - looked_back)::date - 1 and (now() + interval '1 day')::date
    and not exists (
      select from wedding.message_occurrences o
      where o.wedding_id = r.wedding_id and o.rule_id = r.id and o.rule_occurrence = due.day)
  order by due.day, r.id
  limit found_max
$$;
comment on function wedding.find_reminder_rules(interval, int) is 'Rules whose day is about now and that have not written their message for it';
revoke execute on function wedding.find_reminder_rules(interval, int) from public;
grant execute on function wedding.find_reminder_rules(interval, int) to wedsync_worker;
