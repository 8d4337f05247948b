-- A function of its own, because the plan of the audience must not be made with nested loops, and
-- this one must: few messages of a week among all that were ever sent.
create or replace function wedding.list_weekly_limited(target_wedding uuid) returns uuid[]
  language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan'
  set enable_nestloop = on
as $$
declare
  -- A wedding without settings has the default; settings that say null mean no limit.
  week_max int := (
    select case when s.wedding_id is null then 3 else s.weekly_limit end
    from (values (target_wedding)) as w (id) left join wedding.send_settings s on s.wedding_id = w.id);
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
  'Guests who have had as many messages within seven days as the wedding allows (three where it says nothing); counted over deliveries that left or are about to';
revoke execute on function wedding.list_weekly_limited(uuid) from public;
grant execute on function wedding.list_weekly_limited(uuid) to wedsync_app, wedsync_worker;
