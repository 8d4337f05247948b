import type { ConstraintMessages } from '../constraint-messages.ts';

export const weddingsConstraints: ConstraintMessages = {
  org_members_last_owner_ck: {
    kind: 'precondition',
    code: 'weddings.last-owner',
    message: 'A company needs at least one owner. Make somebody else an owner first.',
  },
  org_members_pk: {
    kind: 'conflict',
    code: 'weddings.already-member',
    message: 'This person is already a member. Change the role instead.',
  },
  wedding_members_pk: {
    kind: 'conflict',
    code: 'weddings.already-member',
    message: 'This person already has access to this wedding. Change the role instead.',
  },
  member_invitations_open_uq: {
    kind: 'conflict',
    code: 'weddings.already-invited',
    message: 'This address already has an open invitation. Revoke it first to invite again.',
  },
  events_position_ck: {
    kind: 'limit',
    code: 'weddings.too-many-events',
    message: 'A wedding holds at most 100 events. Remove one first.',
  },
};
