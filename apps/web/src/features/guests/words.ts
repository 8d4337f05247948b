import type {
  AccessibilityNeed,
  Answer,
  AnswerVia,
  TagColor,
} from '@wedsync/contracts/guest-fields';
import type { AgeGroup } from '@wedsync/contracts/guest-import';
import type { BadgeTone } from '@wedsync/ui/badge';
import type { StatusTone } from '@wedsync/ui/status-dot';
import { keysOf } from '../../lib/keys-of.ts';

/** Everything that the guest list names in codes, in the words of a person. */
export const answerWords: Record<Answer | 'outstanding', string> = {
  yes: 'Coming',
  no: 'Not coming',
  unsure: 'Unsure',
  outstanding: 'No answer yet',
};

export const answerTones: Record<Answer | 'outstanding', StatusTone> = {
  yes: 'positive',
  no: 'critical',
  unsure: 'caution',
  outstanding: 'neutral',
};

export const viaWords: Record<AnswerVia, string> = {
  link: 'through the invitation',
  planner: 'written down by the planner',
  import: 'from an imported list',
  phone: 'by phone',
};

export const ageWords: Record<AgeGroup, string> = {
  adult: 'Adult',
  teen: 'Teenager',
  child: 'Child',
  infant: 'Baby',
};

export const needWords: Record<AccessibilityNeed, string> = {
  wheelchair: 'Wheelchair',
  'step-free': 'Step-free way',
  'seat-near-exit': 'Seat near the exit',
  hearing: 'Hard of hearing',
  visual: 'Visual impairment',
  'sign-language': 'Sign language',
  'assistance-dog': 'Assistance dog',
  'quiet-place': 'Quiet place',
  parking: 'Parking close by',
  'high-chair': 'High chair',
};

export const tagTones: Record<TagColor, BadgeTone> = {
  slate: 'neutral',
  red: 'critical',
  orange: 'caution',
  amber: 'caution',
  green: 'positive',
  teal: 'accent',
  blue: 'info',
  violet: 'info',
  pink: 'rose',
};

export const tagColorWords: Record<TagColor, string> = {
  slate: 'Grey',
  red: 'Red',
  orange: 'Orange',
  amber: 'Amber',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
  violet: 'Violet',
  pink: 'Pink',
};

/** The answers themselves, without the word for a missing one. */
export const answers = ['yes', 'no', 'unsure'] as const satisfies readonly Answer[];

interface Named {
  title?: string;
  firstName: string;
  lastName: string;
}

/** "Ana Silva"; an open companion place has no name yet. */
export function guestName(guest: Named): string {
  const name = [guest.firstName, guest.lastName].filter(Boolean).join(' ');
  return name || 'Guest to be named';
}

/** Options for a select or radio group from a record of words. */
export function optionsOf<V extends string>(words: Record<V, string>) {
  return keysOf(words).map((value) => ({ value, label: words[value] }));
}
