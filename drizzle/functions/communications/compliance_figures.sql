-- SECURITY DEFINER: a company's report spans its weddings, while the claims of a request name one at
-- most. The company comes from the claims and from nowhere else; the answer is numbers.
set local role wedsync_definer;

create or replace function wedding.compliance_figures(first_day date, last_day date)
returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare
  org uuid := wedding.current_org_id();
  since timestamptz := first_day::timestamp at time zone 'UTC';
  until timestamptz := (last_day + 1)::timestamp at time zone 'UTC';
  ours uuid[] := array(select w.id from wedding.weddings w where w.org_id = org);
  figures jsonb;
begin
  if org is null then
    raise exception 'A report needs its organization.' using errcode = 'insufficient_privilege';
  end if;
  with sent as materialized (
    select m.wedding_id, m.id, m.purpose from wedding.messages m
    where m.wedding_id = any (ours) and m.queued_at >= since and m.queued_at < until
      and m.id >= ops.uuid_of_moment(since - interval '400 days')
  ), counts as (
    select c.state, c.channel, sum(c.n) as n
    from sent s join wedding.delivery_counts c on c.wedding_id = s.wedding_id and c.message_id = s.id
    group by 1, 2
  ), stops as (
    select s.reason, count(*) as n from wedding.suppressions s
    where s.wedding_id = any (ours) and s.created_at >= since and s.created_at < until group by 1
  ), said as (
    select c.channel, c.status, count(*) as n,
      count(*) filter (where c.text_version is not null or c.proof is not null or c.how = 'sms') as proven
    from wedding.consents c
    where c.wedding_id = any (ours) and c.at >= since and c.at < until group by 1, 2
  ), broken as (
    select f.check_name, count(*) as n from ops.integrity_findings f
    where f.org_id = org and f.first_seen_at >= since and f.first_seen_at < until
      and f.check_name like 'rules.%' group by 1
  )
  select jsonb_build_object(
    'organization', (select o.name from wedding.organizations o where o.id = org),
    'hasPostalAddress', (select btrim(o.postal_address) <> '' from wedding.organizations o where o.id = org),
    'weddings', cardinality(ours),
    'messages', (select count(*) from sent),
    'commercialMessages', (select count(*) from sent where purpose = 'commercial'),
    'emailsLeft', (select coalesce(sum(n), 0) from counts
      where channel = 'email' and state in ('sent', 'delivered', 'bounced', 'complained')),
    'textsLeft', (select coalesce(sum(n), 0) from counts
      where channel = 'sms' and state in ('sent', 'delivered', 'bounced', 'complained')),
    'complained', (select coalesce(sum(n), 0) from counts where state = 'complained'),
    'unsubscribed', (select coalesce(sum(n), 0) from stops where reason = 'unsubscribed'),
    'textConsents', (select coalesce(sum(n), 0) from said where channel = 'sms' and status = 'granted'),
    'textConsentsProven', (select coalesce(sum(proven), 0) from said where channel = 'sms' and status = 'granted'),
    'withdrawals', (select coalesce(sum(n), 0) from said where status = 'withdrawn'),
    'sentAfterOptOut', (select coalesce(sum(n), 0) from broken where check_name = 'rules.sent_after_suppression'),
    'sentWithoutConsent', (select coalesce(sum(n), 0) from broken where check_name = 'rules.sent_without_consent'),
    'sentToForgotten', (select coalesce(sum(n), 0) from broken where check_name = 'rules.sent_to_removed'),
    'forgotten', (select count(*) from wedding.guests g
      where g.wedding_id = any (ours) and g.erased_at >= since and g.erased_at < until),
    'auditEntries', (select count(*) from wedding.audit_log a
      where a.org_id = org and a.at >= since and a.at < until),
    'integrityRuns', (select count(*) from ops.integrity_runs r
      where r.finished_at is not null and r.started_at >= since and r.started_at < until),
    'contactsKeptMonths', coalesce((select coalesce(p.contacts_kept_months, 0)
      from wedding.retention_policies p where p.org_id = org), 24)
  ) into figures;
  return figures;
end
$$;
comment on function wedding.compliance_figures(date, date) is
  'Numbers of the company in the claims for its compliance report; contactsKeptMonths 0 means without end';
revoke execute on function wedding.compliance_figures(date, date) from public;
grant execute on function wedding.compliance_figures(date, date) to wedsync_app;
