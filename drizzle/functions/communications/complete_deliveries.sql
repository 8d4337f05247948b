-- Accepts results only under the epoch they were claimed with. A row that recovery had put in doubt
-- under the same epoch may still become sent or failed: the claimant's own evidence settles it.
create or replace function wedding.complete_deliveries(
  target_wedding uuid, target_message uuid, claimed_epoch bigint, results jsonb
) returns table (message_state text, accepted int)
  language plpgsql volatile set search_path = ''
as $$
#variable_conflict use_column
declare
  current_state text;
  changed int;
begin
  select m.state into current_state from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message for share;

  update wedding.deliveries d set
    -- What would be tried again is not, once the message was cancelled.
    state = case when r.state = 'ready' and current_state = 'cancelled' then 'cancelled' else r.state end,
    reason = r.reason,
    code = r.code,
    attempts = d.attempts + case when r.counts then 1 else 0 end,
    next_attempt_at = case when r.state = 'ready'
      then now() + make_interval(secs => coalesce(r."delayMs", 0) / 1000.0) else d.next_attempt_at end,
    sent_at = case when r.state = 'sent' then clock_timestamp() end,
    lease_until = null,
    updated_at = now()
  from jsonb_to_recordset(results) as r (
    id uuid, state text, reason text, code text, counts boolean, "delayMs" double precision)
  where d.wedding_id = target_wedding and d.message_id = target_message and d.id = r.id
    and d.lease_epoch = claimed_epoch
    and (d.state = 'claimed' or (d.state = 'in_doubt' and r.state in ('sent', 'failed')));
  get diagnostics changed = row_count;
  return query select current_state, changed;
end
$$;
comment on function wedding.complete_deliveries(uuid, uuid, bigint, jsonb) is
  'Writes the results of a batch in one update, fenced by epoch; returns the state of the message and how many rows were accepted';
revoke execute on function wedding.complete_deliveries(uuid, uuid, bigint, jsonb) from public;
grant execute on function wedding.complete_deliveries(uuid, uuid, bigint, jsonb) to wedsync_worker;
