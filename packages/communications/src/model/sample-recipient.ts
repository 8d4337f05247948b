import type { MergeRecipient } from './merge-values.ts';

/** Stands in where a wedding has no guests yet. */
export const sampleRecipient: Omit<MergeRecipient, 'rsvpLink'> = {
  guest: { title: 'Dr', firstName: 'Amélie', lastName: 'Laurent' },
  companions: [{ title: '', firstName: 'Jonas', lastName: 'Laurent' }],
  householdName: 'The Laurents',
  events: [],
};
