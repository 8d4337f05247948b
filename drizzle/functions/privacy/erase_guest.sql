-- SECURITY DEFINER: the history, consents and the ledger are append-only to everybody else. It works
-- in the wedding of the caller's claims alone, and never for the holder of a guest link.
set local role wedsync_definer;

create or replace function wedding.erase_guest(target_guest uuid) returns timestamptz
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  guest record;
begin
  if tenant is null or wedding.current_household_id() is not null then
    raise exception 'No guest can be erased without a wedding.' using errcode = 'insufficient_privilege';
  end if;
  select g.household_id, g.email_hash, g.phone_hash, g.other_contact_hashes, g.erased_at into guest
  from wedding.guests g where g.wedding_id = tenant and g.id = target_guest for update;
  if not found or guest.erased_at is not null then
    return guest.erased_at;
  end if;

  -- Whoever imports the address again must not write to it. One that somebody else of this wedding
  -- shares stays theirs. What the further hashes are hashes of is not stored, so they count as both.
  insert into wedding.suppressions as s (wedding_id, channel, address_hash, reason)
  select tenant, wanted.channel, wanted.hash, 'erased'
  from (
    select 'email' as channel, guest.email_hash as hash
    union select 'sms', guest.phone_hash
    union select channel, hash
      from unnest(array['email', 'sms']) as channel, unnest(guest.other_contact_hashes) as hash
  ) wanted
  where wanted.hash is not null and not exists (
    select from wedding.guests other
    where other.wedding_id = tenant and other.id <> target_guest and other.removed_at is null
      and (other.email_hash = wanted.hash or other.phone_hash = wanted.hash
        or wanted.hash = any (other.other_contact_hashes)))
  on conflict (wedding_id, channel, address_hash) do update set reason = 'erased', note = null;

  -- The key first of all: with it goes every cipher, in backups and replicas too.
  delete from wedding.guest_keys where wedding_id = tenant and guest_id = target_guest;
  update wedding.guests set
    title = '', first_name = '', last_name = 'Erased guest', age_years = null,
    email_cipher = null, email_hash = null, phone_cipher = null, phone_hash = null,
    other_contacts_cipher = null, other_contact_hashes = '{}',
    diets = '[]', diet_notes = '', accessibility = '{}', accessibility_notes = '', notes = '',
    erased_at = now()
  where wedding_id = tenant and id = target_guest;
  delete from wedding.guest_tags where wedding_id = tenant and guest_id = target_guest;
  delete from wedding.guest_sources where wedding_id = tenant and guest_id = target_guest;
  delete from wedding.question_answers
  where wedding_id = tenant and household_id = guest.household_id and guest_id = target_guest;
  update wedding.deliveries set address_cipher = null
  where wedding_id = tenant and guest_id = target_guest and address_cipher is not null;
  update wedding.inbound_texts set text_cipher = null
  where wedding_id = tenant and guest_id = target_guest and text_cipher is not null;
  update wedding.consents set proof = null
  where wedding_id = tenant and guest_id = target_guest and proof is not null;
  -- Why somebody is not to sit beside them, in whose words ever.
  delete from wedding.seating_relationships
  where wedding_id = tenant and target_guest in (one_guest_id, other_guest_id);
  perform wedding.silence_history(target_guest);

  if not exists (
    select from wedding.guests g
    where g.wedding_id = tenant and g.household_id = guest.household_id and g.erased_at is null) then
    perform wedding.erase_household(guest.household_id);
  end if;
  return now();
end
$$;
comment on function wedding.erase_guest(uuid) is
  'Article 17 GDPR: destroys the guest''s key, blanks what was personal wherever it stands, keeps hashes of the addresses so that nobody writes to them again; answers when';
revoke execute on function wedding.erase_guest(uuid) from public;
grant execute on function wedding.erase_guest(uuid) to wedsync_app, wedsync_worker;
