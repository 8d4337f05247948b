-- SECURITY DEFINER: trigram operators are not leakproof, so under row-level security they could not
-- use their index. The function filters by the wedding of the caller's claims itself, and shows nothing
-- to the holder of a guest link.
-- A setting of an extension can be named only once its library is loaded, which in a session that did
-- not create the extension takes a call of it.
do $$ begin perform public.show_limit(); end $$;
set local role wedsync_definer;

create or replace function wedding.search_guests_for_assignment(
  the_event uuid, query text, only_unseated boolean default false, hits_max int default 10)
  returns table (guest_id uuid, name text, household_name text, table_label text, seat_number int, score real)
  language plpgsql stable security definer
  set search_path = ''
  set pg_trgm.word_similarity_threshold = 0.3
as $$
declare
  tenant uuid := wedding.current_wedding_id();
  folded text := lower(public.unaccent(normalize(query, nfkc)));
  words text[] := array(select word from regexp_split_to_table(folded, '[^[:alnum:]]+') as word
    where word <> '' limit 6);
  starts text[] := array(select '% ' || word || '%' from unnest(words) as word);
  -- The longest word is the most selective one.
  found uuid[];
  longest text := (select word from unnest(words) as word order by length(word) desc limit 1);
begin
  if tenant is null or longest is null or wedding.current_household_id() is not null then
    return;
  end if;
  -- Two statements instead of one condition: only the second has an index. One or two letters hold no
  -- trigram: they are beginnings of words, over the wedding's rows.
  if length(longest) < 3 then
    found := array(select guest.id from wedding.guests as guest
      where guest.wedding_id = tenant and guest.removed_at is null
        and (' ' || guest.search_document) like all (starts));
  else
    found := array(select guest.id from wedding.guests as guest
      where guest.wedding_id = tenant and guest.removed_at is null
        and (guest.search_document like '%' || longest || '%'
          or longest operator(public.<%) guest.search_document));
  end if;

  return query
    with candidates as (
      select guest.id, guest.sort_name, guest.household_id, guest.first_name, guest.last_name,
        (select avg(case
            when (' ' || guest.search_document) like wanted.start then 1
            else 0.75 * public.word_similarity(wanted.word, guest.search_document) end)
          from unnest(words, starts) as wanted (word, start))::real as score
      from wedding.guests as guest
      where guest.wedding_id = tenant and guest.id = any (found) and guest.erased_at is null
    )
    select c.id, coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), 'Companion'), h.name,
      t.label, s.number, c.score
    from candidates c
    join wedding.invitations i on i.wedding_id = tenant and i.event_id = the_event and i.guest_id = c.id
    join wedding.households h on h.wedding_id = tenant and h.id = c.household_id
    left join wedding.seating_assignments a
      on a.wedding_id = tenant and a.event_id = the_event and a.guest_id = c.id
    left join wedding.seating_seats s on s.wedding_id = tenant and s.id = a.seat_id
    left join wedding.seating_tables t on t.wedding_id = tenant and t.id = s.table_id
    where c.score >= 0.2 and (i.answer is distinct from 'no' or a.seat_id is not null)
      and not (only_unseated and a.seat_id is not null)
    order by (a.seat_id is not null), c.score desc, c.sort_name, c.id
    limit least(hits_max, 50);
end
$$;
comment on function wedding.search_guests_for_assignment(uuid, text, boolean, int) is
  'Guests invited to an event of the claimed wedding whose names resemble the query, those without a seat first';
revoke execute on function wedding.search_guests_for_assignment(uuid, text, boolean, int) from public;
grant execute on function wedding.search_guests_for_assignment(uuid, text, boolean, int) to wedsync_app;
