-- SECURITY DEFINER: the integrity check looks over all weddings. It returns ids and moments only.
set local role wedsync_definer;

-- A claim lasts seconds and an e-mail that was claimed before the guest's word may still leave, so
-- two minutes are allowed.
create or replace function ops.find_rule_breaks(first_message uuid, found_max int)
returns table (check_name text, severity text, wedding_id uuid, message_id uuid, entity_id uuid, details jsonb)
  language sql stable security definer set search_path = ''
as $$
  with recent as materialized (
    select d.wedding_id, d.message_id, d.id, d.guest_id, d.channel, d.address_hash, d.sent_at, m.purpose
    from wedding.deliveries d
    join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
    where d.message_id >= first_message
      and d.state in ('sent', 'delivered', 'bounced', 'complained') and d.channel in ('email', 'sms')
  )
  (select 'rules.sent_after_suppression', 'error', r.wedding_id, r.message_id, r.id,
    jsonb_build_object('channel', r.channel, 'reason', s.reason, 'suppressedAt', s.created_at, 'sentAt', r.sent_at)
  from recent r
  join wedding.suppressions s
    on s.wedding_id = r.wedding_id and s.channel = r.channel and s.address_hash = r.address_hash
  where r.sent_at > s.created_at + interval '2 minutes' limit found_max)
  union all
  (select 'rules.sent_without_consent', 'error', r.wedding_id, r.message_id, r.id,
    jsonb_build_object('channel', r.channel, 'sentAt', r.sent_at, 'status', coalesce(c.status, 'never given'))
  from recent r
  left join lateral (
    select c.status from wedding.consents c
    where c.wedding_id = r.wedding_id and c.guest_id = r.guest_id and c.channel = r.channel
      and c.purpose = r.purpose and c.at <= r.sent_at - interval '2 minutes'
    order by c.at desc, c.id desc limit 1
  ) c on true
  where r.guest_id is not null and case r.channel
    when 'sms' then coalesce(c.status, 'withdrawn') = 'withdrawn' and not exists (
      -- Given in the last two minutes before it left.
      select from wedding.consents g
      where g.wedding_id = r.wedding_id and g.guest_id = r.guest_id and g.channel = 'sms'
        and g.purpose = r.purpose and g.status = 'granted'
        and g.at between r.sent_at - interval '2 minutes' and r.sent_at)
    else c.status = 'withdrawn' end
  limit found_max)
  union all
  (select 'rules.sent_to_removed', 'warning', r.wedding_id, r.message_id, r.id,
    jsonb_build_object('sentAt', r.sent_at, 'erasedAt', g.erased_at)
  from recent r
  join wedding.guests g on g.wedding_id = r.wedding_id and g.id = r.guest_id
  where g.erased_at is not null and r.sent_at > g.erased_at + interval '2 minutes' limit found_max)
$$;
comment on function ops.find_rule_breaks(uuid, int) is
  'Messages that left against a guest''s wish, among those from the given id on';
revoke execute on function ops.find_rule_breaks(uuid, int) from public;
grant execute on function ops.find_rule_breaks(uuid, int) to wedsync_worker;

create or replace function ops.list_wordings_to_check(after_wedding uuid, after_template uuid, rows_max int)
returns table (wedding_id uuid, template_id uuid, version int, language text, channel text, subject text, body text)
  language sql stable security definer set search_path = ''
as $$
  with page as (
    select t.wedding_id, t.id, t.version from wedding.message_templates t
    where (t.wedding_id, t.id) > (after_wedding, after_template)
    order by t.wedding_id, t.id limit rows_max
  )
  select p.wedding_id, p.id, p.version, w.language, w.channel, w.subject, w.body
  from page p
  join wedding.template_wordings w
    on w.wedding_id = p.wedding_id and w.template_id = p.id and w.version = p.version
$$;
comment on function ops.list_wordings_to_check(uuid, uuid, int) is
  'The newest wordings of templates, page by page; templates are written by planners and name no guest';
revoke execute on function ops.list_wordings_to_check(uuid, uuid, int) from public;
grant execute on function ops.list_wordings_to_check(uuid, uuid, int) to wedsync_worker;

create or replace function ops.org_of_wedding(wedding uuid) returns uuid
  language sql stable security definer set search_path = ''
as $$
  select w.org_id from wedding.weddings w where w.id = wedding
$$;
comment on function ops.org_of_wedding(uuid) is 'Whose wedding it is, for reports of the system';
revoke execute on function ops.org_of_wedding(uuid) from public;
grant execute on function ops.org_of_wedding(uuid) to wedsync_worker;

create or replace function ops.list_weddings_with_texts(first_message uuid, rows_max int)
returns table (wedding_id uuid)
  language sql stable security definer set search_path = ''
as $$
  select distinct c.wedding_id from wedding.delivery_counts c
  where c.message_id >= first_message and c.channel = 'sms' and c.n > 0
    and c.state in ('sent', 'delivered', 'bounced', 'complained')
  limit rows_max
$$;
comment on function ops.list_weddings_with_texts(uuid, int) is 'Weddings whose guests got text messages since';
revoke execute on function ops.list_weddings_with_texts(uuid, int) from public;
grant execute on function ops.list_weddings_with_texts(uuid, int) to wedsync_worker;
