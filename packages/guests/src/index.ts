export { applyImport } from './apply-import.ts';
export { createGuest } from './create-guest.ts';
export { exportGuests } from './export-guests.ts';
export { deriveLinkToken, type HouseholdLinkKey, hashLinkToken } from './household-link.ts';
export { inviteGuests, uninviteGuests } from './invite-guests.ts';
export {
  deriveHouseholdLinks,
  ensureHouseholdLinks,
  issueHouseholdLink,
  revokeHouseholdLink,
} from './issue-household-link.ts';
export { previewImport } from './preview-import.ts';
export { findHouseholdByLink } from './queries/find-household-by-link.ts';
export { getGuest } from './queries/get-guest.ts';
export { getGuestHistory } from './queries/get-guest-history.ts';
export { getRsvpForm } from './queries/get-rsvp-form.ts';
export { findGuests, listGuests } from './queries/list-guests.ts';
export { getHousehold, listHouseholds } from './queries/list-households.ts';
export { listImports } from './queries/list-imports.ts';
export { searchGuests } from './queries/search-guests.ts';
export { summarizeGuests } from './queries/summarize-guests.ts';
export { recordAnswers } from './record-answers.ts';
export { removeGuests, removeHousehold } from './remove-guests.ts';
export { restoreGuests } from './restore-guests.ts';
export { endOfDay } from './rsvp-deadline.ts';
export { submitRsvp } from './submit-rsvp.ts';
export { tagGuests } from './tag-guests.ts';
export { undoImport } from './undo-import.ts';
export { updateGuest } from './update-guest.ts';
export { createHousehold, updateHousehold } from './update-household.ts';
export {
  createQuestion,
  listQuestions,
  removeQuestion,
  updateQuestion,
} from './update-question.ts';
export { createTag, listTags, removeTag, updateTag } from './update-tag.ts';
