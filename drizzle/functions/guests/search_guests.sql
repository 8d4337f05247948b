-- SECURITY DEFINER: trigram operators are not leakproof, so under row-level security they could not
-- use their index (every guest of the wedding would be read). The function filters by the wedding of
-- the caller's claims itself, and shows nothing to the holder of a guest link.
-- A setting of an extension can be named only once its library is loaded, which in a session that did
-- not create the extension takes a call of it.
do $$ begin perform public.show_limit(); end $$;
set local role wedsync_definer;

create or replace function wedding.search_guests(query text, hits_max int, contact_hash bytea)
  returns table (guest_id uuid, score real)
  language plpgsql stable security definer
  set search_path = ''
  set pg_trgm.word_similarity_threshold = 0.36
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  folded text := lower(public.unaccent(normalize(query, nfkc)));
  words text[] := array(select word from regexp_split_to_table(folded, '\s+') as word
    where word <> '' limit 6);
  -- LIKE patterns that match the words literally.
  literals text[] := array(select replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_')
    from unnest(words) as word);
  starts text[] := array(select '% ' || literal || '%' from unnest(literals) as literal);
  parts text[] := array(select '%' || literal || '%' from unnest(literals) as literal);
  -- The longest word is the most selective one.
  longest int := (select place from unnest(words) with ordinality as w (word, place)
    order by length(word) desc, place limit 1);
begin
  if tenant is null or longest is null or wedding.current_household_id() is not null then
    return;
  end if;

  -- Contacts are encrypted: a whole address or number is found by its hash, a part of one is not.
  if contact_hash is not null then
    return query
      select guest.id, 1::real from wedding.guests as guest
      where guest.wedding_id = tenant and guest.removed_at is null
        and (guest.email_hash = contact_hash or guest.phone_hash = contact_hash
          or contact_hash = any (guest.other_contact_hashes))
      order by guest.sort_name, guest.id
      limit least(hits_max, 50);
    return;
  end if;
  if folded like '%@%' then
    return;
  end if;

  -- One or two letters hold no trigram: beginnings of words, over the wedding's rows.
  if length(words[longest]) < 3 then
    return query
      select guest.id, 1::real from wedding.guests as guest
      where guest.wedding_id = tenant and guest.removed_at is null
        and (' ' || guest.search_document) like all (starts)
      order by guest.sort_name, guest.id
      limit least(hits_max, 50);
    return;
  end if;

  return query
    select candidate.id, candidate.score
    from (
      select guest.id, guest.sort_name,
        (select avg(case
            when (' ' || guest.search_document) like wanted.start then 1
            when guest.search_document like wanted.part then 0.8
            else 0.75 * public.word_similarity(wanted.word, guest.search_document)
          end)
          from unnest(words, starts, parts) as wanted (word, start, part))::real as score
      from wedding.guests as guest
      where guest.wedding_id = tenant
        and guest.removed_at is null
        and (guest.search_document like parts[longest]
          or words[longest] operator(public.<%) guest.search_document)
    ) as candidate
    where candidate.score >= 0.2
    order by candidate.score desc, candidate.sort_name, candidate.id
    limit least(hits_max, 50);
end
$$;
comment on function wedding.search_guests(text, int, bytea) is
  'Guests of the claimed wedding whose names resemble the query, best first, forgiving accents, case and typos; or those with the e-mail address or number of this hash';
revoke execute on function wedding.search_guests(text, int, bytea) from public;
grant execute on function wedding.search_guests(text, int, bytea) to wedsync_app;
