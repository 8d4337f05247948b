-- The key of the data tier can be replaced while weddings are being created.
set lock_timeout = '5s';
set statement_timeout = '60s';

-- Raised as a serialization failure, because to try again is the remedy: the next attempt reads the
-- key that took over. Whoever destroys a tier's key counts under a lock that waits for every open
-- insert, so nothing, committed or not, is left under it.
create function ops.refuse_retired_tier_key() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  if exists (
    select from added a
    join ops.encryption_keys k on uuid_send(k.id) = substring(a.wrapped from 1 for 16)
    where a.wedding_id is not null and k.state <> 'active') then
    raise exception 'the key of the data tier was replaced meanwhile'
      using errcode = 'serialization_failure';
  end if;
  return null;
end
$$;
comment on function ops.refuse_retired_tier_key() is 'AFTER INSERT, per statement: keys of weddings are wrapped under the active key of the tier only';
create trigger encryption_keys_active_tier_key after insert on ops.encryption_keys
  referencing new table as added for each statement execute function ops.refuse_retired_tier_key();
