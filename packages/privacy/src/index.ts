export { eraseGuest } from './erase-guest.ts';
export { exportGuestData } from './export-guest-data.ts';
export { findConsentText } from './model/consent-texts.ts';
export { checkKeys, type KeyCheck } from './queries/check-keys.ts';
export { getComplianceReport, getComplianceSummary } from './queries/compliance.ts';
export { listConsents, listConsentTexts } from './queries/list-consents.ts';
export { listKeys, readKeys } from './queries/list-keys.ts';
export {
  addConsents,
  type ConsentEntry,
  readConsentStates,
  recordConsent,
} from './record-consent.ts';
export { enqueueRotations, requestRotation } from './request-rotation.ts';
export { rewrapTierKeys } from './rewrap-tier-keys.ts';
export { type RotationGround, rotateDataKey } from './rotate-data-keys.ts';
export { getRetentionPolicy, updateRetentionPolicy } from './update-retention-policy.ts';
