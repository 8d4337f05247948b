set local role wedsync_definer;

-- SECURITY DEFINER: it decides which claims the rest of the request may set, so it runs before
-- any organization or wedding is claimed. It answers only about the user of the transaction.
create or replace function wedding.resolve_access(target_org uuid, target_wedding uuid)
  returns table (org_id uuid, org_role text, wedding_role text)
  language sql stable security definer set search_path = '' rows 1
as $$
  select o.id, om.role, wm.role
  from wedding.organizations o
  left join wedding.weddings w on w.org_id = o.id and w.id = target_wedding
  left join wedding.org_members om
    on om.org_id = o.id and om.user_id = (select wedding.current_user_id())
  left join wedding.wedding_members wm
    on wm.wedding_id = w.id and wm.user_id = (select wedding.current_user_id())
  where o.id = coalesce(target_org, (select org_id from wedding.weddings where id = target_wedding))
    and (target_wedding is null or w.id is not null)
    and (om.role is not null or wm.role is not null)
$$;
comment on function wedding.resolve_access(uuid, uuid) is
  'The current user''s roles in an organization or wedding; no row where there are none';
revoke execute on function wedding.resolve_access(uuid, uuid) from public;
grant execute on function wedding.resolve_access(uuid, uuid) to wedsync_app;
