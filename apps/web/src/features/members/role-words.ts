import type { OrgRole, Role, WeddingRole } from '@wedsync/contracts/roles';

export const roleWords: Record<Role, string> = {
  owner: 'Owner',
  planner: 'Planner',
  assistant: 'Assistant',
  partner: 'Partner',
  photographer: 'Photographer',
  viewer: 'Viewer',
};

export const orgRoleNotes: Record<OrgRole, string> = {
  owner: 'Everything, also members and subscription',
  planner: 'All weddings, and inviting colleagues',
  assistant: 'Guests, events and drafts of all weddings',
};

export const weddingRoleNotes: Record<WeddingRole, string> = {
  partner: 'Plans along: guests, events, invitations',
  photographer: 'Reads what photographers need',
  viewer: 'Reads only',
};
