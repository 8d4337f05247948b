create or replace function wedding.find_seating_undo(
  tenant uuid, the_event uuid, who uuid, out undo_revision bigint, out redo_revision bigint)
  language sql stable set search_path = ''
as $$
  select
    -- The newest own change that is in force and that no later change in force has touched.
    (select own.revision
     from (
       select o.revision, o.touched from wedding.seating_operations o
       where o.wedding_id = tenant and o.event_id = the_event and o.actor_id = who
         and o.undone_by is null and o.kind <> 'undone' and o.backward is not null
       order by o.revision desc limit 20
     ) own
     where not exists (
       select from wedding.seating_operations later
       where later.wedding_id = tenant and later.event_id = the_event and later.revision > own.revision
         and later.undone_by is null and later.kind <> 'undone' and later.touched && own.touched)
     order by own.revision desc limit 1),
    -- The newest own undo, unless its person has done something new or others have touched the same.
    (select own.revision
     from (
       select o.revision, o.touched from wedding.seating_operations o
       where o.wedding_id = tenant and o.event_id = the_event and o.actor_id = who
         and o.undone_by is null and o.kind = 'undone'
       order by o.revision desc limit 1
     ) own
     where not exists (
       select from wedding.seating_operations later
       where later.wedding_id = tenant and later.event_id = the_event and later.revision > own.revision
         and later.undone_by is null and later.kind <> 'undone'
         and case when later.actor_id = who then later.kind <> 'redone' and later.backward is not null
           else later.touched && own.touched end))
$$;
comment on function wedding.find_seating_undo(uuid, uuid, uuid) is
  'Which change of a plan a person can take back now, and which taking back they can revert; null = none';
revoke execute on function wedding.find_seating_undo(uuid, uuid, uuid) from public;
grant execute on function wedding.find_seating_undo(uuid, uuid, uuid) to wedsync_app, wedsync_worker;
