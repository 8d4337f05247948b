-- SECURITY DEFINER: the bearer of a link has no claim yet; the token's hash is what admits him to
-- exactly this row.
set local role wedsync_definer;
create or replace function wedding.find_unsubscribe_link(searched_hash bytea)
returns table (
  org_id uuid, wedding_id uuid, guest_id uuid, channel text, address_hash bytea,
  couple_names text, suppressed boolean)
  language sql stable security definer set search_path = ''
as $$
  select w.org_id, l.wedding_id, l.guest_id, l.channel, l.address_hash,
    concat_ws(' & ', nullif(w.partner_a_name, ''), nullif(w.partner_b_name, '')),
    exists (
      select from wedding.suppressions s
      where s.wedding_id = l.wedding_id and s.channel = l.channel and s.address_hash = l.address_hash)
  from wedding.unsubscribe_links l
  join wedding.weddings w on w.id = l.wedding_id
  where l.token_hash = searched_hash
$$;
comment on function wedding.find_unsubscribe_link(bytea) is 'What an unsubscribe token, given as its SHA-256, stands for';
revoke execute on function wedding.find_unsubscribe_link(bytea) from public;
grant execute on function wedding.find_unsubscribe_link(bytea) to wedsync_app, wedsync_worker;
