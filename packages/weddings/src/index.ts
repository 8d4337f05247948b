export { acceptInvitation, getInvitation } from './accept-invitation.ts';
export { createOrganization } from './create-organization.ts';
export { createWedding } from './create-wedding.ts';
export { inviteOrgMember, inviteWeddingMember, revokeInvitation } from './invite-member.ts';
export { type CurrentSession, getProfile, listSessions } from './queries/account.ts';
export { listAudit } from './queries/audit.ts';
export { listOrgMembers, listWeddingMembers } from './queries/members.ts';
export { getOrganization, listOrganizations } from './queries/organizations.ts';
export { getWedding, listEvents, listWeddings } from './queries/weddings.ts';
export { revokeOtherSessions, revokeSession } from './revoke-session.ts';
export { type StreamOptions, streamChanges } from './stream-changes.ts';
export { createEvent, orderEvents, removeEvent, updateEvent } from './update-event.ts';
export {
  type MemberVersion,
  removeOrgMember,
  removeWeddingMember,
  updateOrgMember,
  updateWeddingMember,
} from './update-member.ts';
export { updateOrganization } from './update-organization.ts';
export { updateProfile } from './update-profile.ts';
export { archiveWedding, updateWedding } from './update-wedding.ts';
