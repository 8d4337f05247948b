-- SECURITY DEFINER as the owner, because only the owner may analyze; it tells nothing. A mailing can
-- be most of its month, and until the planner knows that, each claim reads all of it. Rows of the
-- transaction that asks count; where somebody else is at it already, it is left to them.
create or replace function ops.analyze_deliveries(month regclass) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if exists (select from pg_catalog.pg_inherits i
             where i.inhrelid = month and i.inhparent = 'wedding.deliveries'::regclass) then
    -- Every column that rows are found by: of one left out the planner believes that it repeats itself.
    execute format('analyze (skip_locked) %s
      (wedding_id, message_id, id, guest_id, household_id, channel, shard, state, next_attempt_at)', month);
  end if;
end
$$;
comment on function ops.analyze_deliveries(regclass) is
  'Tells the planner what one month of the ledger holds now; other tables are left alone';
revoke execute on function ops.analyze_deliveries(regclass) from public;
grant execute on function ops.analyze_deliveries(regclass) to wedsync_worker;
