set local role wedsync_definer;

-- SECURITY DEFINER: whoever holds the link's token belongs to no tenant yet. The token's hash is
-- the only way in, and an invitation that cannot be accepted any more is not found.
create or replace function wedding.find_member_invitation(hash text, at timestamptz)
  returns table (
    org_id uuid, id uuid, wedding_id uuid, email text, role text, org_name text,
    wedding_title text, invited_by_name text, expires_at timestamptz)
  language sql stable security definer set search_path = '' rows 1
as $$
  select i.org_id, i.id, i.wedding_id, i.email, i.role, o.name, w.title, u.name, i.expires_at
  from wedding.member_invitations i
  join wedding.organizations o on o.id = i.org_id
  left join wedding.weddings w on w.org_id = i.org_id and w.id = i.wedding_id
  left join auth.users u on u.id = i.invited_by
  where i.token_hash = hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > at
$$;
comment on function wedding.find_member_invitation(text, timestamptz) is
  'The open invitation that a link''s token stands for';
revoke execute on function wedding.find_member_invitation(text, timestamptz) from public;
grant execute on function wedding.find_member_invitation(text, timestamptz) to wedsync_app;
