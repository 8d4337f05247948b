-- One definition of who gets a message, for the count before sending and for the expansion. Runs as
-- the caller, so row-level security holds; removed guests are not visible to it.
-- Addresses are hashed here and nowhere else. The key arrives as its two padded blocks (RFC 2104),
-- because core PostgreSQL has SHA-256 but no HMAC; written out, because a function with a fixed
-- search_path is never inlined and would cost more than the hash.
create or replace function wedding.plan_audience(
  target_wedding uuid, audience jsonb, inner_pad bytea, outer_pad bytea
) returns table (
  guest_id uuid, household_id uuid, address text, address_hash bytea,
  state text, reason text, carrier_id uuid, place bigint
)
  language sql stable set search_path = ''
as $$
  with filters as (
    select
      array(select value::uuid from jsonb_array_elements_text(audience -> 'eventIds')) as events,
      array(select value from jsonb_array_elements_text(audience -> 'answers')) as answers,
      array(select value::uuid from jsonb_array_elements_text(audience -> 'tagIds')) as tags,
      array(select value from jsonb_array_elements_text(audience -> 'sides')) as sides,
      array(select value::uuid from jsonb_array_elements_text(audience -> 'householdIds')) as households
  ), chosen as (
    select g.id, g.household_id, nullif(btrim(g.email), '') as address,
      -- Whom one e-mail for a household is addressed to: an invited adult rather than a companion.
      (g.plus_one_of is not null)::int * 2 + (g.age_group <> 'adult')::int as precedence
    from wedding.guests g cross join filters f
    where g.wedding_id = target_wedding and g.removed_at is null
      and (cardinality(f.sides) = 0 or g.side = any (f.sides))
      and (cardinality(f.households) = 0 or g.household_id = any (f.households))
      and (cardinality(f.tags) = 0 or exists (
        select from wedding.guest_tags t
        where t.wedding_id = target_wedding and t.guest_id = g.id and t.tag_id = any (f.tags)))
      and (cardinality(f.events) + cardinality(f.answers) = 0 or exists (
        select from wedding.invitations i
        where i.wedding_id = target_wedding and i.guest_id = g.id
          and (cardinality(f.events) = 0 or i.event_id = any (f.events))
          and (cardinality(f.answers) = 0 or coalesce(i.answer, 'none') = any (f.answers))))
  ), hashed as (
    select c.*,
      sha256(outer_pad || sha256(inner_pad || convert_to(lower(btrim(c.address)), 'UTF8'))) as address_hash,
      c.address is not null and length(c.address) <= 254
        and c.address ~ '^[^[:space:][:cntrl:]<>()\[\],;:"\\@]{1,64}@[^[:space:][:cntrl:]<>()\[\],;:"\\@]+\.[^[:space:][:cntrl:]<>()\[\],;:"\\@.]+$'
        as is_valid
    from chosen c
  ), judged as (
    select h.*, h.is_valid and s.address_hash is null as is_open
    from hashed h
    left join wedding.suppressions s
      on s.wedding_id = target_wedding and s.channel = 'email' and s.address_hash = h.address_hash
  ), ranked as (
    select j.*,
      first_value(j.id) over (
        partition by j.household_id, j.address_hash, j.is_open order by j.precedence, j.id) as same_address,
      -- The guest to whom the household's first e-mail goes, if any goes at all.
      first_value(case when j.is_open then j.id end) over (
        partition by j.household_id order by j.is_open desc, j.precedence, j.id) as first_open
    from judged j
  ), decided as (
    select r.*,
      case
        when r.address is null and r.first_open is not null then 'reached_through_household'
        when r.address is null then 'no_address'
        when not r.is_valid then 'invalid_address'
        when not r.is_open then 'suppressed'
        when r.same_address <> r.id then 'same_household_address'
      end as reason
    from ranked r
  )
  select d.id, d.household_id, d.address, d.address_hash,
    case when d.reason is null then 'ready' else 'skipped' end,
    d.reason,
    case d.reason
      when 'reached_through_household' then d.first_open
      when 'same_household_address' then d.same_address
    end,
    row_number() over (partition by d.reason is null order by d.id)
  from decided d
$$;
comment on function wedding.plan_audience(uuid, jsonb, bytea, bytea) is
  'Every guest an audience means, with the e-mail that reaches them or the reason why none does; carrier_id is a guest';
revoke execute on function wedding.plan_audience(uuid, jsonb, bytea, bytea) from public;
grant execute on function wedding.plan_audience(uuid, jsonb, bytea, bytea) to wedsync_app, wedsync_worker;
