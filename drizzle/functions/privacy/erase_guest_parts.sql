-- SECURITY DEFINER: parts of wedding.erase_guest, callable by nothing else; they work in the wedding
-- of the caller's claims.
set local role wedsync_definer;

create or replace function wedding.silence_history(subject uuid) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  tenant uuid := wedding.current_wedding_id();
begin
  -- Who did what and when stays; what the person was called goes.
  update wedding.audit_log set before = null, after = null
  where wedding_id = tenant and entity_id = subject and num_nonnulls(before, after) > 0;
  update wedding.guest_import_changes
  set before = case when before is not null then '{}'::jsonb end, after = '{}'::jsonb
  where wedding_id = tenant and entity_id = subject;
end
$$;
comment on function wedding.silence_history(uuid) is
  'Takes the values out of a guest''s or household''s history; that something was done stays';
revoke execute on function wedding.silence_history(uuid) from public;

create or replace function wedding.erase_household(target_household uuid) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  tenant uuid := wedding.current_wedding_id();
begin
  delete from wedding.household_keys where wedding_id = tenant and household_id = target_household;
  -- The link dies with the household: whoever kept it sees nothing any more.
  update wedding.households set
    name = 'Erased household', street_cipher = null, postal_code_cipher = null, city = '',
    region = '', country = '', notes = '', link_hash = null, link_version = link_version + 1
  where wedding_id = tenant and id = target_household;
  delete from wedding.household_sources
  where wedding_id = tenant and household_id = target_household;
  delete from wedding.question_answers
  where wedding_id = tenant and household_id = target_household and guest_id is null;
  perform wedding.silence_history(target_household);
end
$$;
comment on function wedding.erase_household(uuid) is
  'Blanks a household whose last guest was erased';
revoke execute on function wedding.erase_household(uuid) from public;
