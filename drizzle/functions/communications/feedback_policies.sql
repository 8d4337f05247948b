-- SECURITY DEFINER: parts of record_delivery_events, which works over all tenants; granted to nobody.
set local role wedsync_definer;

-- Five messages in a row that bounced softly stop an address. Counted from the ledger and not kept
-- in a counter, so that late and repeated reports cannot miscount. A message that left more than
-- three days ago and did not bounce has arrived; a younger one says nothing yet.
create or replace function wedding.suppress_soft_bounced(softened jsonb) returns void
  language sql volatile security definer set search_path = ''
as $$
  insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
  select s.wedding_id, s.channel, s.address_hash, 'soft_bounced'
  from jsonb_to_recordset(softened) as s (
    wedding_id uuid, guest_id uuid, channel text, address_hash bytea)
  cross join lateral (
    select count(*) as n, bool_and(l.soft) as all_soft from (
      select d.state = 'bounced' and d.reason = 'bounced_soft' as soft
      from wedding.deliveries d
      where d.wedding_id = s.wedding_id and d.guest_id = s.guest_id and d.channel = s.channel
        and d.address_hash = s.address_hash
        and (d.state in ('delivered', 'bounced', 'complained')
          or (d.state = 'sent' and d.sent_at < now() - interval '3 days'))
      order by d.sent_at desc, d.message_id desc
      limit 5
    ) l
  ) latest
  where latest.n = 5 and latest.all_soft
  order by s.wedding_id, s.channel, s.address_hash
  on conflict on constraint suppressions_pk do nothing
$$;
comment on function wedding.suppress_soft_bounced(jsonb) is 'Stops the given addresses whose last five messages all bounced softly';
revoke execute on function wedding.suppress_soft_bounced(jsonb) from public;

create or replace function wedding.note_changed_messages(changed uuid[]) returns void
  language sql volatile security definer set search_path = ''
as $$
  with counters as (
    insert into wedding.change_counters as c (wedding_id, seq)
    select w, 1 from unnest(changed) as w order by 1
    on conflict (wedding_id) do update set seq = c.seq + 1
    returning c.wedding_id, c.seq
  )
  insert into wedding.changes (wedding_id, seq, entity, kind)
  select wedding_id, seq, 'message', 'bulk' from counters
$$;
comment on function wedding.note_changed_messages(uuid[]) is 'A line in the change feed of each wedding: its messages must be looked at again';
revoke execute on function wedding.note_changed_messages(uuid[]) from public;
