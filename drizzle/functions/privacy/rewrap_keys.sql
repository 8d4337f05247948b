-- Runs as the caller: row-level security keeps it in the wedding of the claims. Locked rows are
-- passed over, so that nobody at work on a guest is waited for; another pass meets them again.
create or replace function wedding.take_keys_to_rewrap(
  target_wedding uuid, target_kind text, active_id uuid, after uuid, rows_max int
) returns table (id uuid, wrapped bytea)
  language plpgsql volatile set search_path = ''
as $$
#variable_conflict use_column
begin
  if target_kind = 'guest' then
    return query
    select k.guest_id, k.wrapped from wedding.guest_keys k
    where k.wedding_id = target_wedding and k.guest_id > after and k.data_key_id <> active_id
    order by k.guest_id limit rows_max for update skip locked;
  else
    return query
    select k.household_id, k.wrapped from wedding.household_keys k
    where k.wedding_id = target_wedding and k.household_id > after and k.data_key_id <> active_id
    order by k.household_id limit rows_max for update skip locked;
  end if;
end
$$;
comment on function wedding.take_keys_to_rewrap(uuid, text, uuid, uuid, int) is
  'Locks the next keys of guests or households, by id, that are not wrapped under the active data key';
revoke execute on function wedding.take_keys_to_rewrap(uuid, text, uuid, uuid, int) from public;
grant execute on function wedding.take_keys_to_rewrap(uuid, text, uuid, uuid, int) to wedsync_worker;

create or replace function wedding.rewrap_keys(
  target_wedding uuid, target_kind text, active_id uuid, rows jsonb
) returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  if target_kind = 'guest' then
    update wedding.guest_keys k set data_key_id = active_id, wrapped = r.wrapped
    from jsonb_to_recordset(rows) as r (id uuid, wrapped bytea)
    where k.wedding_id = target_wedding and k.guest_id = r.id;
  else
    update wedding.household_keys k set data_key_id = active_id, wrapped = r.wrapped
    from jsonb_to_recordset(rows) as r (id uuid, wrapped bytea)
    where k.wedding_id = target_wedding and k.household_id = r.id;
  end if;
end
$$;
comment on function wedding.rewrap_keys(uuid, text, uuid, jsonb) is
  'Stores keys of guests and households as wrapped under the active data key';
revoke execute on function wedding.rewrap_keys(uuid, text, uuid, jsonb) from public;
grant execute on function wedding.rewrap_keys(uuid, text, uuid, jsonb) to wedsync_worker;
