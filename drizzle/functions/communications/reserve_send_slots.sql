-- Generic cell rate algorithm: the next free moment of a scope moves on by one interval per slot, under
-- the lock of its row, so that all workers together keep the rate. Slots are 1.5 hundredths further
-- apart than asked for: a timer that fires some milliseconds late must not make the second after it
-- too full. Answers in milliseconds from now, so that clocks need not agree.
create or replace function ops.reserve_send_slots(target_scope text, slots int)
returns table (first_in_ms double precision, interval_ms double precision)
  language sql volatile set search_path = ''
as $$
  with reserved as (
    update ops.send_rates r set
      next_at = greatest(r.next_at, clock_timestamp() - (r.burst - 1) * make_interval(secs => 1.015 / r.per_second::float8))
        + slots * make_interval(secs => 1.015 / r.per_second::float8),
      updated_at = clock_timestamp()
    where r.scope = target_scope
    returning r.next_at, 1015 / r.per_second::float8 as interval_ms
  )
  select extract(epoch from next_at - clock_timestamp())::float8 * 1000 - slots * interval_ms, interval_ms
  from reserved
$$;
comment on function ops.reserve_send_slots(text, int) is
  'Reserves moments to send at: the first one in first_in_ms, the others interval_ms apart; no row where the scope has no limit';
revoke execute on function ops.reserve_send_slots(text, int) from public;
grant execute on function ops.reserve_send_slots(text, int) to wedsync_worker;
