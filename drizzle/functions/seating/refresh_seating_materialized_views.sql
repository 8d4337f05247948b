-- SECURITY DEFINER as the owner of the tables: only the owner of a materialized view may refresh it.
-- It hands out how many rows there are and how long that took, and no row.
create or replace function wedding.refresh_seating_materialized_views()
  returns table (view_name text, row_count bigint, duration_ms int)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  began timestamptz;
begin
  foreach view_name in array array['mv_seating_layout_summary', 'mv_table_occupancy_stats'] loop
    began := clock_timestamp();
    execute format('refresh materialized view concurrently wedding.%I', view_name);
    execute format('select count(*) from wedding.%I', view_name) into row_count;
    duration_ms := ceil(extract(epoch from clock_timestamp() - began) * 1000);
    insert into ops.seating_view_refreshes as r (view_name, refreshed_at, duration_ms, row_count)
    values (refresh_seating_materialized_views.view_name, clock_timestamp(),
      refresh_seating_materialized_views.duration_ms, refresh_seating_materialized_views.row_count)
    on conflict on constraint seating_view_refreshes_pkey do update set
      refreshed_at = excluded.refreshed_at, duration_ms = excluded.duration_ms, row_count = excluded.row_count;
    return next;
  end loop;
end
$$;
comment on function wedding.refresh_seating_materialized_views() is
  'Brings the materialized views of seating up to date without keeping readers waiting, and writes down when';
revoke execute on function wedding.refresh_seating_materialized_views() from public;
grant execute on function wedding.refresh_seating_materialized_views() to wedsync_worker;
