import type { Guest } from '@wedsync/contracts/guests';

/** Whether a conflict's current row is a guest. */
export function isGuest(value: object): value is Guest {
  return 'firstName' in value && 'householdId' in value && 'version' in value;
}
