-- SECURITY DEFINER: prices are the installation's; every login reads them and none may write them.
set local role wedsync_definer;
create or replace function ops.replace_sms_prices(prices jsonb) returns int
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  written int;
begin
  perform ops.require_operator();
  delete from ops.sms_prices;
  insert into ops.sms_prices (country, micros_per_segment, currency)
  select coalesce(p.country, ''), p."microsPerSegment", p.currency
  from jsonb_to_recordset(prices) as p (country text, "microsPerSegment" bigint, currency text);
  get diagnostics written = row_count;
  return written;
end
$$;
comment on function ops.replace_sms_prices(jsonb) is 'Replaces the price table; an absent country is the price of all others';
revoke execute on function ops.replace_sms_prices(jsonb) from public;
grant execute on function ops.replace_sms_prices(jsonb) to wedsync_app;
