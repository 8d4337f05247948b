-- Bypasses row-level security, hence granted to no login; functions that an operator narrows read it.
drop materialized view if exists wedding.mv_seating_layout_summary;
create materialized view wedding.mv_seating_layout_summary as
  select * from wedding.seating_layout_rows();
-- REFRESH CONCURRENTLY needs a unique index; readers are not kept waiting by it.
create unique index mv_seating_layout_summary_uq on wedding.mv_seating_layout_summary (wedding_id, event_id);
comment on materialized view wedding.mv_seating_layout_summary is
  'Every seating plan in figures, as of its last refresh (ops.seating_view_refreshes)';
grant select on wedding.mv_seating_layout_summary to wedsync_definer;
