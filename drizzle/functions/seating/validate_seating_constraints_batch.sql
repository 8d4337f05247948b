-- Every rule of one event against the plan as it stands, or as it would stand with `placements`.
-- Set-based: sides become pairs of seated guests once, whatever the number of rules.
create or replace function wedding.validate_seating_constraints_batch(
  the_event uuid, placements jsonb default null, tenant uuid default wedding.current_wedding_id())
  returns table (kind text, severity text, relationship_id uuid, guest_ids uuid[], table_ids uuid[], weight int)
  language sql stable set search_path = ''
as $$
  with wanted as (
    select (p ->> 'guestId')::uuid as guest_id, (p ->> 'tableId')::uuid as table_id
    from jsonb_array_elements(placements) as p
  ), seated as materialized (
    select a.guest_id, s.table_id, s.number
    from wedding.seating_assignments a
    join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
    where a.wedding_id = tenant and a.event_id = the_event
      and a.guest_id not in (select guest_id from wanted)
    union all
    select guest_id, table_id, null from wanted where table_id is not null
  ), people as materialized (
    select s.guest_id, s.table_id, s.number, g.household_id, g.accessibility, g.diets, t.features, t.shape, t.seat_count,
      t.x_mm, t.y_mm
    from seated s
    join wedding.guests g on g.wedding_id = tenant and g.id = s.guest_id
    join wedding.seating_tables t on t.wedding_id = tenant and t.id = s.table_id
  ), rules as materialized (
    select r.id, r.kind, r.weight, r.low_id, r.high_id,
      r.one_guest_id, r.one_household_id, r.one_tag_id, r.other_guest_id, r.other_household_id, r.other_tag_id
    from wedding.seating_relationships r
    where r.wedding_id = tenant and (r.event_id is null or r.event_id = the_event)
  ), sides as materialized (
    select r.id, 1 as side, p.guest_id from rules r join people p on p.guest_id = r.one_guest_id
    union select r.id, 1, p.guest_id from rules r join people p on p.household_id = r.one_household_id
    union select r.id, 1, gt.guest_id from rules r join wedding.guest_tags gt
      on gt.wedding_id = tenant and gt.tag_id = r.one_tag_id join people p on p.guest_id = gt.guest_id
    union select r.id, 2, p.guest_id from rules r join people p on p.guest_id = r.other_guest_id
    union select r.id, 2, p.guest_id from rules r join people p on p.household_id = r.other_household_id
    union select r.id, 2, gt.guest_id from rules r join wedding.guest_tags gt
      on gt.wedding_id = tenant and gt.tag_id = r.other_tag_id join people p on p.guest_id = gt.guest_id
  ), pairs as (
    select distinct r.id, r.kind, r.weight, least(a.guest_id, b.guest_id) as one, greatest(a.guest_id, b.guest_id) as other
    from rules r
    join sides a on a.id = r.id and a.side = 1
    join sides b on b.id = r.id and b.side = 2 and b.guest_id <> a.guest_id
  ), judged as (
    select p.*, one.table_id as one_table, other.table_id as other_table,
      one.table_id = other.table_id as together,
      one.table_id = other.table_id and (abs(one.number - other.number) = 1
        or (one.shape in ('round', 'oval', 'square', 'rectangular')
          and abs(one.number - other.number) = one.seat_count - 1)) as adjacent
    from pairs p
    join people one on one.guest_id = p.one
    join people other on other.guest_id = p.other
  )
  select case j.kind when 'never' then 'never-together' when 'must' then 'must-apart'
      when 'avoid' then 'avoid-together' when 'prefer' then 'prefer-apart'
      when 'next-to' then 'next-to-apart' else 'not-next-to' end,
    case when j.kind in ('never', 'must') then 'rule' else 'wish' end,
    j.id, array[j.one, j.other],
    case when j.together then array[j.one_table] else array[j.one_table, j.other_table] end, j.weight
  from judged j
  where case j.kind when 'never' then j.together when 'must' then not j.together
    when 'avoid' then j.together when 'prefer' then not j.together
    when 'next-to' then not coalesce(j.adjacent, false) else coalesce(j.adjacent, false) end
  union all
  select need.kind, 'rule', null, array[p.guest_id], array[p.table_id], null
  from people p
  cross join lateral (values
    ('needs-step-free', p.accessibility && array['wheelchair', 'step-free'], 'step-free'),
    ('needs-near-exit', p.accessibility && array['seat-near-exit'], 'near-exit'),
    ('needs-quiet', p.accessibility && array['quiet-place'], 'quiet')) as need (kind, is_needed, feature)
  where need.is_needed and not need.feature = any (p.features)
  union all
  select 'high-chair-at-head', 'rule', null, array[p.guest_id], array[p.table_id], null
  from people p where p.accessibility && array['high-chair'] and p.shape in ('head', 'sweetheart')
  union all
  -- Near the kitchen pass or beside such a table: middles at most 4 m apart.
  select 'allergy-far-from-kitchen', 'rule', null, array[p.guest_id], array[p.table_id], null
  from people p
  where p.diets @> '[{"severity": "allergy"}]'
    and exists (select from wedding.seating_tables t
      where t.wedding_id = tenant and t.event_id = the_event and t.features && array['near-kitchen'])
    and not exists (select from wedding.seating_tables t
      where t.wedding_id = tenant and t.event_id = the_event and t.features && array['near-kitchen']
        and sqrt((t.x_mm - p.x_mm)::float8 ^ 2 + (t.y_mm - p.y_mm)::float8 ^ 2) <= 4000)
  union all
  select 'declined-but-seated', 'rule', null, array[p.guest_id], array[p.table_id], null
  from people p
  join wedding.invitations i on i.wedding_id = tenant and i.guest_id = p.guest_id and i.event_id = the_event
  where i.answer = 'no'
$$;
comment on function wedding.validate_seating_constraints_batch(uuid, jsonb, uuid) is
  'Broken rules and unmet wishes of an event''s plan, as it is or with the given placements; the rows of the claimed wedding only, except under the system''s own role';
revoke execute on function wedding.validate_seating_constraints_batch(uuid, jsonb, uuid) from public;
grant execute on function wedding.validate_seating_constraints_batch(uuid, jsonb, uuid)
  to wedsync_app, wedsync_worker, wedsync_definer;
