-- SECURITY DEFINER: operators look over all weddings. It answers figures, and asks ops.require_operator
-- who is asking.
set local role wedsync_definer;

create or replace function wedding.collect_seating_performance_metrics() returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_operator();
  return jsonb_build_object(
    'plans', (select jsonb_build_object('layouts', count(*), 'tables', coalesce(sum(m.table_count), 0),
        'seats', coalesce(sum(m.seat_count), 0), 'seated', coalesce(sum(m.seated_count), 0),
        'unseated', coalesce(sum(m.unseated_count), 0), 'declinedSeated', coalesce(sum(m.declined_seated_count), 0),
        'withBrokenRules', count(*) filter (where m.broken_rules > 0), 'averageScore', round(avg(m.score), 1))
      from wedding.mv_seating_layout_summary m),
    'tables', (select jsonb_build_object('empty', count(*) filter (where t.seated_count = 0),
        'full', count(*) filter (where t.seated_count = t.seat_count),
        'averageOccupancy', round(avg(t.occupancy), 3))
      from wedding.mv_table_occupancy_stats t),
    'changes', (select jsonb_build_object('lastHour', count(*),
        'people', count(distinct o.actor_id), 'undone', count(*) filter (where o.kind = 'undone'))
      from wedding.seating_operations o where o.at > now() - interval '1 hour'),
    'runs', (select jsonb_build_object('lastDay', count(*), 'failed', count(*) filter (where r.state = 'failed'),
        'proven', count(*) filter (where r.gap = 0), 'withBound', count(r.gap),
        'averageGap', round(avg(r.gap)::numeric, 4),
        'medianSeconds', round(percentile_cont(0.5) within group (
          order by extract(epoch from r.ended_at - r.started_at))::numeric, 1))
      from wedding.seating_runs r where r.queued_at > now() - interval '1 day'),
    'views', (select coalesce(jsonb_agg(jsonb_build_object('name', v.view_name, 'refreshedAt', v.refreshed_at,
        'durationMs', v.duration_ms, 'rows', v.row_count,
        'staleSeconds', round(extract(epoch from now() - v.refreshed_at))) order by v.view_name), '[]')
      from ops.seating_view_refreshes v));
end
$$;
comment on function wedding.collect_seating_performance_metrics() is
  'Seating over all weddings in figures, and how old those that come from materialized views are; for operators';
revoke execute on function wedding.collect_seating_performance_metrics() from public;
grant execute on function wedding.collect_seating_performance_metrics() to wedsync_app;
