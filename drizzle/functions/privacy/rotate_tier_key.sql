-- SECURITY DEFINER: keys of all weddings are wrapped anew; only the worker's login or an operator may.
set local role wedsync_definer;

create or replace function ops.replace_tier_key(new_id uuid, new_wrapped bytea) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  current_id uuid;
begin
  perform ops.require_key_keeper();
  select k.id into current_id from ops.encryption_keys k
  where k.tier = 'data' and k.wedding_id is null and k.state = 'active' for update;
  if current_id is null or exists (
    select from ops.encryption_keys k
    where k.tier = 'data' and k.wedding_id is null and k.state = 'retiring') then
    return false;
  end if;
  update ops.encryption_keys set state = 'retiring', retired_at = clock_timestamp() where id = current_id;
  insert into ops.encryption_keys (id, tier, purpose, wedding_id, wrapped, created_at)
  values (new_id, 'data', 'wrap', null, new_wrapped, clock_timestamp());
  return true;
end
$$;
comment on function ops.replace_tier_key(uuid, bytea) is
  'Makes a new key the active one of the data tier; false while an earlier replacement is under way or there is no key';
revoke execute on function ops.replace_tier_key(uuid, bytea) from public;
grant execute on function ops.replace_tier_key(uuid, bytea) to wedsync_worker;

create or replace function ops.list_tier_keys() returns table (id uuid, wrapped bytea, state text, wraps bigint)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_key_keeper();
  return query
  select k.id, k.wrapped, k.state,
    (select count(*) from ops.encryption_keys w
      where w.wedding_id is not null and substring(w.wrapped from 1 for 16) = uuid_send(k.id))
  from ops.encryption_keys k
  where k.tier = 'data' and k.wedding_id is null and k.state <> 'destroyed';
end
$$;
comment on function ops.list_tier_keys() is 'The living keys of the data tier, wrapped, and how many keys of weddings each wraps';
revoke execute on function ops.list_tier_keys() from public;
grant execute on function ops.list_tier_keys() to wedsync_worker;

create or replace function ops.take_wedding_keys(tier_key uuid, rows_max int)
  returns table (id uuid, tier text, purpose text, wedding_id uuid, wrapped bytea)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_key_keeper();
  return query
  select k.id, k.tier, k.purpose, k.wedding_id, k.wrapped from ops.encryption_keys k
  where k.wedding_id is not null and substring(k.wrapped from 1 for 16) = uuid_send(tier_key)
  order by k.id limit rows_max;
end
$$;
comment on function ops.take_wedding_keys(uuid, int) is 'Keys of weddings that are still wrapped under a key of the data tier';
revoke execute on function ops.take_wedding_keys(uuid, int) from public;
grant execute on function ops.take_wedding_keys(uuid, int) to wedsync_worker;

-- The lock waits for every transaction that has written a key and not ended, and holds others back
-- for the moment of the count; from then on the trigger of the table refuses what was read before.
create or replace function ops.destroy_tier_key(old_id uuid) returns int
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  left_over int;
begin
  perform ops.require_key_keeper();
  lock table ops.encryption_keys in share row exclusive mode;
  select count(*) into left_over from ops.encryption_keys k
  where k.wedding_id is not null and substring(k.wrapped from 1 for 16) = uuid_send(old_id);
  if left_over = 0 then
    update ops.encryption_keys set state = 'destroyed', wrapped = null, destroyed_at = clock_timestamp()
    where id = old_id and wedding_id is null and tier = 'data' and state = 'retiring';
  end if;
  return left_over;
end
$$;
comment on function ops.destroy_tier_key(uuid) is
  'Destroys a retired key of the data tier that wraps nothing any more; answers what it still wraps';
revoke execute on function ops.destroy_tier_key(uuid) from public;
grant execute on function ops.destroy_tier_key(uuid) to wedsync_worker;

-- What is under way, for whoever watches. `remaining` are keys of guests and households under the old
-- key of a wedding, `total` those under any.
create or replace function ops.list_key_rotations() returns table (
  wedding_id uuid, title text, started_at timestamptz, remaining bigint, total bigint, is_waiting boolean)
  language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform ops.require_key_keeper();
  return query
  with retiring as (
    select k.wedding_id, min(k.retired_at) as started_at, array_agg(k.id) as ids
    from ops.encryption_keys k
    where k.state = 'retiring' and k.wedding_id is not null group by k.wedding_id
  ), asked as (
    select (o.payload ->> 'weddingId')::uuid as wedding_id from ops.outbox o
    where o.job_name = 'privacy.rotate-data-keys' and o.state in ('pending', 'relayed')
  )
  select w.id, w.title, r.started_at,
    (select count(*) from wedding.guest_keys g
      where g.wedding_id = w.id and g.data_key_id = any (r.ids))
    + (select count(*) from wedding.household_keys h
      where h.wedding_id = w.id and h.data_key_id = any (r.ids)),
    (select count(*) from wedding.guest_keys g where g.wedding_id = w.id)
    + (select count(*) from wedding.household_keys h where h.wedding_id = w.id),
    r.wedding_id is null
  from wedding.weddings w
  left join retiring r on r.wedding_id = w.id
  where w.id in (select x.wedding_id from retiring x union select x.wedding_id from asked x)
  order by r.started_at nulls last, w.id limit 200;
end
$$;
comment on function ops.list_key_rotations() is 'Weddings whose data key is being replaced or is about to be, with how far each is; at most 200';
revoke execute on function ops.list_key_rotations() from public;
grant execute on function ops.list_key_rotations() to wedsync_app, wedsync_worker;
