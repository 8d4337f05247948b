-- SECURITY DEFINER: keys are written by nobody but the rotation. The worker works in the wedding of
-- its claims; whoever starts or lists rotations over all weddings is the worker, or an operator.
set local role wedsync_definer;

create or replace function ops.require_key_keeper() returns void
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if session_user <> 'wedsync_worker' then
    perform ops.require_operator();
  end if;
end
$$;
comment on function ops.require_key_keeper() is 'Raises unless the worker or an operator asks';
revoke execute on function ops.require_key_keeper() from public;

-- A key that was made and has wrapped nothing yet is not replaced: a second run must not start over.
create or replace function ops.replace_data_key(target_wedding uuid, new_id uuid, new_wrapped bytea)
  returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  current_id uuid;
begin
  if target_wedding is distinct from wedding.current_wedding_id() then
    raise exception 'The claims name another wedding.' using errcode = 'insufficient_privilege';
  end if;
  select k.id into current_id from ops.encryption_keys k
  where k.wedding_id = target_wedding and k.purpose = 'wrap' and k.state = 'active' for update;
  if current_id is null or exists (
    select from ops.encryption_keys k where k.wedding_id = target_wedding and k.state = 'retiring') then
    return false;
  end if;
  update ops.encryption_keys set state = 'retiring', retired_at = clock_timestamp() where id = current_id;
  insert into ops.encryption_keys (id, tier, purpose, wedding_id, wrapped, created_at)
  values (new_id, 'data', 'wrap', target_wedding, new_wrapped, clock_timestamp());
  return true;
end
$$;
comment on function ops.replace_data_key(uuid, uuid, bytea) is
  'Makes a new data key the active one of the claimed wedding; false while an earlier rotation is under way or there is no key';
revoke execute on function ops.replace_data_key(uuid, uuid, bytea) from public;
grant execute on function ops.replace_data_key(uuid, uuid, bytea) to wedsync_worker;

-- The lock waits for every transaction that has wrapped something under the key and not committed
-- yet: what is counted after it is everything.
create or replace function ops.destroy_data_key(target_wedding uuid, old_id uuid) returns int
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  left_over int;
begin
  if target_wedding is distinct from wedding.current_wedding_id() then
    raise exception 'The claims name another wedding.' using errcode = 'insufficient_privilege';
  end if;
  perform from ops.encryption_keys k
  where k.wedding_id = target_wedding and k.id = old_id and k.state = 'retiring' for update;
  if not found then
    return 0;
  end if;
  left_over :=
    (select count(*) from wedding.guest_keys where wedding_id = target_wedding and data_key_id = old_id)
    + (select count(*) from wedding.household_keys where wedding_id = target_wedding and data_key_id = old_id);
  if left_over = 0 then
    update ops.encryption_keys set state = 'destroyed', wrapped = null, destroyed_at = clock_timestamp()
    where id = old_id;
  end if;
  return left_over;
end
$$;
comment on function ops.destroy_data_key(uuid, uuid) is
  'Destroys a retired key that wraps nothing any more; answers what it still wraps';
revoke execute on function ops.destroy_data_key(uuid, uuid) from public;
grant execute on function ops.destroy_data_key(uuid, uuid) to wedsync_worker;

create or replace function ops.rewrap_upper_keys(rows jsonb) returns int
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  changed int;
begin
  perform ops.require_key_keeper();
  update ops.encryption_keys k set wrapped = decode(r.new, 'hex')
  from jsonb_to_recordset(rows) as r (id uuid, old text, new text)
  where k.id = r.id and k.wrapped = decode(r.old, 'hex');
  get diagnostics changed = row_count;
  return changed;
end
$$;
comment on function ops.rewrap_upper_keys(jsonb) is
  'Puts the keys of tiers under a new master key; rows that changed meanwhile are left alone';
revoke execute on function ops.rewrap_upper_keys(jsonb) from public;
grant execute on function ops.rewrap_upper_keys(jsonb) to wedsync_worker;

create or replace function ops.list_encryption_keys(
  target_wedding uuid, target_state text, after uuid, rows_max int
) returns table (
  id uuid, tier text, purpose text, wedding_id uuid, state text, created_at timestamptz,
  retired_at timestamptz, destroyed_at timestamptz, wraps bigint)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_key_keeper();
  return query
  select k.id, k.tier, k.purpose, k.wedding_id, k.state, k.created_at, k.retired_at, k.destroyed_at,
    case
      when k.purpose = 'hash' then 0
      when k.wedding_id is null then (select count(*) from ops.encryption_keys w
        where k.tier = 'data' and w.wedding_id is not null
          and substring(w.wrapped from 1 for 16) = uuid_send(k.id))
      else (select count(*) from wedding.guest_keys g
          where g.wedding_id = k.wedding_id and g.data_key_id = k.id)
        + (select count(*) from wedding.household_keys h
          where h.wedding_id = k.wedding_id and h.data_key_id = k.id)
    end
  from ops.encryption_keys k
  where (target_wedding is null or k.wedding_id = target_wedding)
    and (target_state is null or k.state = target_state)
    and (after is null or k.id > after)
  order by k.id limit least(rows_max, 501);
end
$$;
comment on function ops.list_encryption_keys(uuid, text, uuid, int) is
  'Keys in the order of their making, with how many others each still wraps; never what they are';
revoke execute on function ops.list_encryption_keys(uuid, text, uuid, int) from public;
grant execute on function ops.list_encryption_keys(uuid, text, uuid, int) to wedsync_app, wedsync_worker;

create or replace function ops.list_rotatable_weddings() returns table (org_id uuid, wedding_id uuid)
  language plpgsql stable security definer set search_path = ''
as $$
begin
  perform ops.require_key_keeper();
  return query
  select w.org_id, w.id from wedding.weddings w
  where exists (select from ops.encryption_keys k
    where k.wedding_id = w.id and k.purpose = 'wrap' and k.state = 'active')
  order by w.id;
end
$$;
comment on function ops.list_rotatable_weddings() is 'Weddings that have a data key';
revoke execute on function ops.list_rotatable_weddings() from public;
grant execute on function ops.list_rotatable_weddings() to wedsync_app, wedsync_worker;
