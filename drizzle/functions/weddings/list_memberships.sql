set local role wedsync_definer;

-- SECURITY DEFINER: a user's companies lie in many tenants; it answers only about the user of the
-- transaction.
create or replace function wedding.list_my_organizations()
  returns table (org_id uuid, name text, tier text, role text, weddings bigint)
  language sql stable security definer set search_path = ''
as $$
  select o.id, o.name, o.tier, m.role,
    (select count(*) from wedding.weddings w where w.org_id = o.id and w.archived_at is null)
  from wedding.org_members m
  join wedding.organizations o on o.id = m.org_id
  where m.user_id = (select wedding.current_user_id())
  order by o.name, o.id
$$;
comment on function wedding.list_my_organizations() is 'Companies in which the current user works';
revoke execute on function wedding.list_my_organizations() from public;
grant execute on function wedding.list_my_organizations() to wedsync_app;

-- Counts come from the guest tables: one scan of each wedding's rows by its primary key.
-- Dropped first: `create or replace` cannot change what a function returns.
drop function if exists wedding.list_my_weddings(boolean);
create or replace function wedding.list_my_weddings(show_archived boolean)
  returns table (
    wedding_id uuid, org_id uuid, org_name text, title text, date date, venue text,
    time_zone text, locale text, rsvp_deadline date, archived_at timestamptz, org_role text, wedding_role text,
    guests bigint, invited bigint, attending bigint, declined bigint)
  language sql stable security definer set search_path = ''
as $$
  with mine as (
    select w.*, o.name as org_name, om.role as org_role, wm.role as wedding_role
    from wedding.weddings w
    join wedding.organizations o on o.id = w.org_id
    left join wedding.org_members om
      on om.org_id = w.org_id and om.user_id = (select wedding.current_user_id())
    left join wedding.wedding_members wm
      on wm.wedding_id = w.id and wm.user_id = (select wedding.current_user_id())
    where (om.user_id is not null or wm.user_id is not null)
      and (w.archived_at is not null) = show_archived
  )
  select m.id, m.org_id, m.org_name, m.title, m.date, m.venue, m.time_zone, m.locale, m.rsvp_deadline,
    m.archived_at, m.org_role, m.wedding_role, g.guests, i.invited, i.attending, i.declined
  from mine m
  cross join lateral (
    select count(*) as guests from wedding.guests
    where wedding_id = m.id and removed_at is null
  ) g
  cross join lateral (
    -- A guest counts once: coming to any event is attending, answering no to all is declined.
    select count(*) as invited,
      count(*) filter (where answers.yes) as attending,
      count(*) filter (where answers.all_no) as declined
    from (
      select bool_or(a.answer = 'yes') as yes, bool_and(a.answer is not distinct from 'no') as all_no
      from wedding.invitations a
      join wedding.guests ag on ag.wedding_id = a.wedding_id and ag.id = a.guest_id and ag.removed_at is null
      where a.wedding_id = m.id
      group by a.guest_id
    ) answers
  ) i
  order by m.date nulls last, m.title, m.id
$$;
comment on function wedding.list_my_weddings(boolean) is
  'Weddings that the current user may open, with how many guests are listed, invited, coming and not';
revoke execute on function wedding.list_my_weddings(boolean) from public;
grant execute on function wedding.list_my_weddings(boolean) to wedsync_app;
