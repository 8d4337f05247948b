-- One definition of who gets a message, for the count before sending and for the expansion. Runs as
-- the caller, so row-level security holds; removed guests are not visible to it. Addresses are
-- compared by their keyed hashes alone: nothing is decrypted here. The settings are those of a
-- statement over a whole guest list: two sorts in memory, and no nested loop where the planner
-- underestimates what several restrictions leave.
create or replace function wedding.plan_audience(
  target_wedding uuid, audience jsonb, target_channel text, target_purpose text default 'relationship',
  target_lane text default 'bulk'
) returns table (
  guest_id uuid, household_id uuid, language text, address_cipher bytea, address_hash bytea,
  state text, reason text, carrier_id uuid, place bigint
)
  language plpgsql stable set search_path = ''
  set plan_cache_mode = 'force_custom_plan' set work_mem = '64MB' set enable_nestloop = off
  set enable_hashjoin = on set enable_mergejoin = on set enable_seqscan = on
as $$
#variable_conflict use_column
declare
  events uuid[] := array(select value::uuid from jsonb_array_elements_text(audience -> 'eventIds'));
  answers text[] := array(select value from jsonb_array_elements_text(audience -> 'answers'));
  tags uuid[] := array(select value::uuid from jsonb_array_elements_text(audience -> 'tagIds'));
  sides text[] := array(select value from jsonb_array_elements_text(audience -> 'sides'));
  households uuid[] := array(select value::uuid from jsonb_array_elements_text(audience -> 'householdIds'));
  persons uuid[] := array(select value::uuid from jsonb_array_elements_text(audience -> 'guestIds'));
  missing text[] := array(select value from jsonb_array_elements_text(audience -> 'missing'));
  unanswered uuid[] := array(select value::uuid from jsonb_array_elements_text(audience -> 'unansweredQuestionIds'));
  -- A planner who writes to one guest by name means it.
  had_enough uuid[] :=
    case when target_lane = 'bulk' then wedding.list_weekly_limited(target_wedding) else '{}' end;
  few constant int := 50;
begin
  if cardinality(persons) between 1 and few then
    -- Persons are looked up by key: read as a whole list, their wedding would be most of the work.
    perform set_config('enable_nestloop', 'on', true), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true);
  end if;
  return query
  -- Each restriction that was not chosen is a constant to the planner and costs nothing.
  with chosen as (
    select g.id, g.household_id,
      -- Whom one message for a household is addressed to: an invited adult rather than a companion.
      (g.plus_one_of is not null)::int * 2 + (g.age_group <> 'adult')::int as precedence,
      case target_channel when 'email' then g.email_cipher when 'sms' then g.phone_cipher end as cipher,
      case target_channel when 'email' then g.email_hash when 'sms' then g.phone_hash
        -- A notice stands on the page of the household: its address is the household.
        else uuid_send(g.household_id) end as hash
    from wedding.guests g
    where g.wedding_id = target_wedding and g.removed_at is null and g.erased_at is null
      and (sides = '{}' or g.side = any (sides))
      and (households = '{}' or g.household_id = any (households))
      and (persons = '{}' or g.id = any (persons))
      and ('email' <> all (missing) or g.email_hash is null)
      and ('phone' <> all (missing) or g.phone_hash is null)
      and (tags = '{}' or g.id in (
        select t.guest_id from wedding.guest_tags t
        where t.wedding_id = target_wedding and t.tag_id = any (tags)))
      and (events = '{}' and answers = '{}' or g.id in (
        select i.guest_id from wedding.invitations i
        where i.wedding_id = target_wedding
          and (events = '{}' or i.event_id = any (events))
          and (answers = '{}' or coalesce(i.answer, 'none') = any (answers))))
      and (unanswered = '{}' or (
        select count(*) from wedding.question_answers a
        where a.wedding_id = target_wedding and a.household_id = g.household_id
          and a.question_id = any (unanswered) and (a.guest_id = g.id or a.guest_id is null)
      ) < cardinality(unanswered))
  ), judged as (
    select c.*,
      case
        when c.cipher is null and target_channel <> 'notice' then 'no_address'
        when c.hash is null then 'invalid_address'
        when s.reason = 'erased' then 'erased'
        when s.address_hash is not null then 'suppressed'
        when coalesce(k.status, case target_channel when 'sms' then 'withdrawn' end) = 'withdrawn'
          then 'no_consent'
        when c.id = any (had_enough) then 'weekly_limit'
      end as obstacle
    from chosen c
    left join wedding.suppressions s
      on s.wedding_id = target_wedding and s.channel = target_channel and s.address_hash = c.hash
    left join wedding.consent_states k on k.wedding_id = target_wedding and k.guest_id = c.id
      and k.channel = target_channel and k.purpose = target_purpose
  ), ranked as (
    select j.*,
      -- The guest to whom the household's first message goes, if any goes at all.
      first_value(case when j.obstacle is null then j.id end) over (
        partition by j.household_id order by j.obstacle is not null, j.precedence, j.id) as first_open,
      first_value(j.id) over (
        partition by j.household_id, j.obstacle is null, j.hash order by j.precedence, j.id) as same_address
    from judged j
  ), decided as (
    select r.*,
      case
        when r.obstacle = 'no_address' and r.first_open is not null then 'reached_through_household'
        when r.obstacle is not null then r.obstacle
        when r.same_address <> r.id then 'same_household_address'
      end as reason
    from ranked r
  )
  select d.id, d.household_id, h.language, d.cipher, case target_channel when 'notice' then null else d.hash end,
    case when d.reason is null then 'ready' else 'skipped' end,
    d.reason,
    case d.reason
      when 'reached_through_household' then d.first_open
      when 'same_household_address' then d.same_address
    end,
    -- Counted in the order in which the rows come, which is by household: those stay together.
    count(*) filter (where d.reason is null) over (rows unbounded preceding)
  from decided d
  join wedding.households h on h.wedding_id = target_wedding and h.id = d.household_id;
end
$$;
comment on function wedding.plan_audience(uuid, jsonb, text, text, text) is
  'Every guest an audience means, with the message that reaches them on a channel or the reason why none does; carrier_id is the guest whose message speaks for this one';
revoke execute on function wedding.plan_audience(uuid, jsonb, text, text, text) from public;
grant execute on function wedding.plan_audience(uuid, jsonb, text, text, text) to wedsync_app, wedsync_worker;
