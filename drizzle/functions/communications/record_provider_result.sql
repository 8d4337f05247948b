-- The breaker opens for one second, then two, four and at most eight: long enough to leave a provider
-- alone, short enough to be back within ten seconds. While it is open further failures do not prolong
-- it, because they are answers to what had been under way.
create or replace function ops.record_provider_result(target_provider text, is_up boolean, why text)
returns int
  language sql volatile set search_path = ''
as $$
  insert into ops.provider_states as p (provider, failures, open_until, reason)
  values (target_provider, case when is_up then 0 else 1 end,
    case when not is_up then clock_timestamp() + interval '1 second' end, case when not is_up then why end)
  on conflict (provider) do update set
    failures = case
      when is_up then 0
      when p.open_until > clock_timestamp() then p.failures
      else least(p.failures + 1, 1000) end,
    open_until = case
      when is_up then null
      when p.open_until > clock_timestamp() then p.open_until
      else clock_timestamp() + make_interval(secs => least(8, 2 ^ least(p.failures, 3))) end,
    reason = case when not is_up then why end,
    updated_at = clock_timestamp()
  returning greatest(0, coalesce(extract(epoch from open_until - clock_timestamp()) * 1000, 0))::int
$$;
comment on function ops.record_provider_result(text, boolean, text) is
  'Opens the circuit breaker of a provider, or closes it; returns for how many milliseconds it stays open';
revoke execute on function ops.record_provider_result(text, boolean, text) from public;
grant execute on function ops.record_provider_result(text, boolean, text) to wedsync_worker;
