-- Bypasses row-level security, hence granted to no login; functions that an operator narrows read it.
drop materialized view if exists wedding.mv_table_occupancy_stats;
create materialized view wedding.mv_table_occupancy_stats as
  select * from wedding.seating_table_rows();
-- REFRESH CONCURRENTLY needs a unique index; readers are not kept waiting by it.
create unique index mv_table_occupancy_stats_uq on wedding.mv_table_occupancy_stats (wedding_id, table_id);
comment on materialized view wedding.mv_table_occupancy_stats is
  'How full every table is, as of its last refresh (ops.seating_view_refreshes)';
grant select on wedding.mv_table_occupancy_stats to wedsync_definer;
