-- SECURITY DEFINER: a guest's answer arrives at a signed address and knows no tenant. What admits it is
-- the message and the start of the delivery's id, which the worker has read from that address.
set local role wedsync_definer;

-- Custom plans: the partition is known from the message's id only.
create or replace function wedding.find_reply_target(target_message uuid, delivery_prefix text, dedupe text)
returns table (
  delivery_id uuid, guest_name text, message_title text, wedding_title text, mailbox text, locale text,
  is_known boolean, recent bigint)
  language plpgsql stable security definer set search_path = ''
  set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
begin
  return query
  select d.id,
    nullif(btrim(concat_ws(' ', g.first_name, g.last_name)), ''), m.title, w.title,
    coalesce(m.reply_to, o.reply_to_email), w.locale,
    -- As record_delivery_events names it.
    exists (select from wedding.delivery_events e
      where e.wedding_id = d.wedding_id and e.message_id = d.message_id and e.delivery_id = d.id
        and e.id = encode(substring(sha256(convert_to('replied' || 'mail' || dedupe, 'UTF8'))
          from 1 for 16), 'hex')::uuid),
    (select count(*) from wedding.delivery_events e
      where e.wedding_id = d.wedding_id and e.message_id = d.message_id and e.delivery_id = d.id
        and e.kind = 'replied' and e.recorded_at > now() - interval '1 day')
  from wedding.messages m
  join wedding.weddings w on w.id = m.wedding_id
  join wedding.organizations o on o.id = w.org_id
  join wedding.deliveries d on d.wedding_id = m.wedding_id and d.message_id = target_message
    and d.id between (delivery_prefix || '0000000000000000')::uuid
      and (delivery_prefix || 'ffffffffffffffff')::uuid
  left join wedding.guests g on g.wedding_id = d.wedding_id and g.id = d.guest_id
  where m.id = target_message
  limit 1;
end
$$;
comment on function wedding.find_reply_target(uuid, text, text) is
  'Whose answer arrives at a signed address, where it is passed on to, whether it did before, and how many came within a day';
revoke execute on function wedding.find_reply_target(uuid, text, text) from public;
grant execute on function wedding.find_reply_target(uuid, text, text) to wedsync_worker;
