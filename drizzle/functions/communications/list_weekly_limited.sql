-- A function of its own, because the plan of the audience must not be made with nested loops, and
-- this one must: few messages of a week among all that were ever sent.
create or replace function wedding.list_weekly_limited(target_wedding uuid) returns uuid[]
  language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan'
  set enable_nestloop = on
as $$
declare
  week_max int := (
    select coalesce(w.messages_per_week_max, o.messages_per_week_max)
    from wedding.weddings w left join wedding.organizations o on o.id = w.org_id
    where w.id = target_wedding);
  recent uuid[];
begin
  if week_max is null then
    return '{}';
  end if;
  recent := array(
    select m.id from wedding.messages m
    where m.wedding_id = target_wedding and m.expanded_at is not null
      and (m.finished_at is null or m.finished_at > now() - interval '7 days'));
  return array(
    select d.guest_id from wedding.deliveries d
    where d.wedding_id = target_wedding and d.message_id = any (recent) and d.guest_id is not null
      and d.state in ('ready', 'claimed', 'in_doubt', 'sent', 'delivered', 'bounced', 'complained')
      and (d.sent_at is null or d.sent_at > now() - interval '7 days')
    group by d.guest_id having count(*) >= week_max);
end
$$;
comment on function wedding.list_weekly_limited(uuid) is
  'Guests who have had as many messages within seven days as the wedding, or else its company, allows; counted over deliveries that left or are about to';
revoke execute on function wedding.list_weekly_limited(uuid) from public;
grant execute on function wedding.list_weekly_limited(uuid) to wedsync_app, wedsync_worker;
