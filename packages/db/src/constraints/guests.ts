import type { ConstraintMessages } from '../constraint-messages.ts';

export const guestsConstraints: ConstraintMessages = {
  tags_wedding_id_name_key_uq: {
    kind: 'conflict',
    code: 'guests.tag-exists',
    message: 'There is a tag of this name already. Use it, or choose another name.',
  },
  households_link_hash_uq: {
    kind: 'conflict',
    code: 'guests.link-taken',
    message: 'The link could not be made. Revoke it and try again.',
  },
  guests_household_id_fk: {
    kind: 'precondition',
    code: 'guests.household-gone',
    message: 'This household was removed in the meantime. Reload the list and choose another one.',
  },
  guests_erased_at_ck: {
    kind: 'precondition',
    code: 'guests.erased',
    message: 'This guest was erased for good and can have no contacts. Add them as a new guest.',
  },
  guest_tags_tag_id_fk: {
    kind: 'precondition',
    code: 'guests.tag-gone',
    message: 'This tag was removed in the meantime. Reload the list and try again.',
  },
  invitations_event_id_fk: {
    kind: 'precondition',
    code: 'guests.event-gone',
    message: 'This event was removed in the meantime. Reload the list and try again.',
  },
};
