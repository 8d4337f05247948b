export { ensureHouseholdLinks } from './issue-household-link.ts';
export { findHouseholdByLink } from './queries/find-household-by-link.ts';
export { getRsvpForm } from './queries/get-rsvp-form.ts';
export { submitRsvp } from './submit-rsvp.ts';
