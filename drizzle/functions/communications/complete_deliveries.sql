-- Accepts results only under the epoch they were claimed with. A row that recovery had put in doubt
-- under the same epoch may still become sent or failed: the claimant's own evidence settles it.
-- Attempts are not counted while a provider refuses everybody, so time ends them: after `given_up`
-- since the message was started, what would be tried again has failed with the last code.
create or replace function wedding.complete_deliveries(
  target_wedding uuid, target_message uuid, results jsonb, given_up interval default '3 days'
) returns table (message_state text, accepted int)
  language plpgsql volatile set search_path = ''
  -- From ids to rows by the primary key, whatever is known of a ledger that was filled a moment ago:
  -- the index of claimed rows looks smaller, and holds every claim since the last vacuum.
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  message record;
  changed int;
begin
  -- A process that is stopped right here would hold these rows and counts until it wakes.
  perform set_config('idle_in_transaction_session_timeout', '3s', true);
  if results @> '[{"state": "ready"}]' then
    -- A row that goes back must not slip behind a cancellation. Most results only say that something
    -- was sent: those take no lock, so that a pause never waits behind them.
    perform from wedding.messages m
    where m.wedding_id = target_wedding and m.id = target_message for share;
  end if;
  select m.state, m.queued_at < now() - given_up as is_old into message from wedding.messages m
  where m.wedding_id = target_wedding and m.id = target_message;

  with written as (
    select r.*,
      case
        when r.state <> 'ready' then r.state
        -- What would be tried again is not, once the message was cancelled.
        when message.state = 'cancelled' then 'cancelled'
        when message.is_old and r.code is not null then 'failed'
        else 'ready'
      end as outcome
    from jsonb_to_recordset(results) as r (
      id uuid, epoch bigint, state text, reason text, code text, "providerRef" text, counts boolean,
      "delayMs" double precision)
  )
  update wedding.deliveries d set
    state = w.outcome,
    reason = case when w.outcome = 'failed' then coalesce(w.reason, 'attempts_exhausted') else w.reason end,
    code = coalesce(w.code, case when w.outcome in ('ready', 'cancelled') then d.code end),
    provider_ref = coalesce(w."providerRef", d.provider_ref),
    attempts = d.attempts + case when w.counts then 1 else 0 end,
    next_attempt_at = case when w.outcome = 'ready'
      then now() + make_interval(secs => coalesce(w."delayMs", 0) / 1000.0) else d.next_attempt_at end,
    sent_at = case when w.outcome = 'sent' then clock_timestamp() end,
    lease_until = null,
    updated_at = now()
  from written w
  where d.wedding_id = target_wedding and d.message_id = target_message and d.id = w.id
    and d.lease_epoch = w.epoch
    -- Said so that no partial index seems to fit.
    and case d.state when 'claimed' then true when 'in_doubt' then w.outcome in ('sent', 'failed') else false end;
  get diagnostics changed = row_count;
  return query select message.state, changed;
end
$$;
comment on function wedding.complete_deliveries(uuid, uuid, jsonb, interval) is
  'Writes results in one update, each fenced by its epoch; returns the state of the message and how many rows were accepted';
revoke execute on function wedding.complete_deliveries(uuid, uuid, jsonb, interval) from public;
grant execute on function wedding.complete_deliveries(uuid, uuid, jsonb, interval) to wedsync_worker;
