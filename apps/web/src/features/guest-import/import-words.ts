import type { ImportField } from '@wedsync/contracts/guest-import';

/** What a column may mean, in words; the order is the one of the choice list. */
export const fieldWords: Record<ImportField, string> = {
  ignore: 'Leave out',
  extra: 'Keep in the notes',
  'full-name': 'Full name',
  'first-name': 'First name',
  'last-name': 'Last name',
  title: 'Title',
  household: 'Household',
  'party-size': 'Number of people',
  'plus-one': 'Companion: yes or no',
  'plus-one-of': 'Companion of',
  adults: 'Adults',
  children: 'Children',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Whole address',
  'address-street': 'Street',
  'address-postcode': 'Postal code',
  'address-city': 'City',
  'address-region': 'Region',
  'address-country': 'Country',
  diet: 'Diet',
  allergy: 'Allergy',
  'diet-notes': 'Food, in their own words',
  accessibility: 'Accessibility',
  'accessibility-notes': 'Accessibility, in words',
  'age-group': 'Age',
  side: 'Side',
  tags: 'Tags',
  notes: 'Notes',
  'event-invited': 'Invited to',
  'event-answer': 'Answer for',
  'guest-id': 'Our guest number',
  'household-id': 'Our household number',
  version: 'Our version number',
};

/** How sure the recogniser is, in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.9) return 'Sure';
  if (confidence >= 0.6) return 'Likely';
  return 'A guess';
}

const changedFieldWords: Record<string, string> = {
  title: 'Title',
  firstName: 'First name',
  lastName: 'Last name',
  ageGroup: 'Age',
  ageYears: 'Age in years',
  emails: 'E-mail',
  phones: 'Phone',
  diets: 'Diet',
  dietNotes: 'Food, in their own words',
  accessibility: 'Accessibility',
  side: 'Side',
  tags: 'Tags',
  notes: 'Notes',
  invitations: 'Invitations and answers',
  name: 'Household',
  address: 'Address',
};

/** Name of a field of a planned guest or household. */
export function changedFieldWord(field: string): string {
  return changedFieldWords[field] ?? changedFieldWords[field.split('.').at(0) ?? ''] ?? 'Field';
}

export const actionWords = {
  create: 'New',
  update: 'Changed',
  unchanged: 'As it is',
  skip: 'Merged',
} as const;
