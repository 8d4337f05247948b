import type { RelationshipKind, RelationshipSide } from '@wedsync/contracts/seating-rules';
import type { StatusTone } from '@wedsync/ui/status-dot';

/** What a kind of rule is called where it is chosen. */
export const kindLabels: Record<RelationshipKind, string> = {
  must: 'Must sit at the same table',
  prefer: 'Would like the same table',
  'next-to': 'Would like to sit side by side',
  'not-next-to': 'Rather not side by side',
  avoid: 'Rather not at the same table',
  never: 'Never at the same table',
};

export const kindNotes: Record<RelationshipKind, string> = {
  must: 'A rule: automatic seating always keeps it.',
  prefer: 'A wish, as strong as you say.',
  'next-to': 'A wish about neighbouring chairs.',
  'not-next-to': 'A wish about neighbouring chairs.',
  avoid: 'A wish, as strong as you say.',
  never: 'A rule: automatic seating always keeps it.',
};

export const kindTones: Record<RelationshipKind, StatusTone> = {
  must: 'positive',
  prefer: 'positive',
  'next-to': 'info',
  'not-next-to': 'caution',
  avoid: 'caution',
  never: 'critical',
};

/** `must` and `never` are kept always; the others are weighed. */
export function isWish(kind: RelationshipKind): boolean {
  return kind !== 'must' && kind !== 'never';
}

/** Between one and the other: "Ann Lee never sits with Bo Costa". */
const verbs: Record<RelationshipKind, { one: string; many: string; among: string }> = {
  must: {
    one: 'must sit with',
    many: 'must sit with',
    among: 'must all sit together',
  },
  prefer: {
    one: 'would like to sit with',
    many: 'would like to sit with',
    among: 'would like to sit together',
  },
  'next-to': {
    one: 'would like to sit next to',
    many: 'would like to sit next to',
    among: 'would like to sit side by side',
  },
  'not-next-to': {
    one: 'would rather not sit next to',
    many: 'would rather not sit next to',
    among: 'would rather not sit side by side',
  },
  avoid: {
    one: 'would rather not sit with',
    many: 'would rather not sit with',
    among: 'would rather not share a table',
  },
  never: { one: 'never sits with', many: 'never sit with', among: 'never share a table' },
};

/** Names of the people, households and tags that rules speak of. */
export interface RuleNames {
  guest: (id: string) => string;
  household: (id: string) => string;
  tag: (id: string) => string;
}

/** "Ann Lee", "the Costa family", "everybody tagged “Band”". */
export function sideWords(side: RelationshipSide, names: RuleNames): string {
  if (side.kind === 'guest') return names.guest(side.id);
  if (side.kind === 'household') return `the ${names.household(side.id).replace(/^the /i, '')}`;
  return `everybody tagged “${names.tag(side.id)}”`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A rule as a planner would say it: "Ann Lee never sits with the Costa family". */
export function ruleSentence(
  rule: { kind: RelationshipKind; one: RelationshipSide; other: RelationshipSide },
  names: RuleNames,
): string {
  const { kind, one, other } = rule;
  const verb = verbs[kind];
  if (one.kind === other.kind && one.id === other.id) {
    const who = one.kind === 'tag' ? `guests tagged “${names.tag(one.id)}”` : sideWords(one, names);
    return capital(`${who} ${verb.among}`);
  }
  // "Everybody tagged …" takes the singular, a family the plural.
  const link = one.kind === 'household' ? verb.many : verb.one;
  return capital(`${sideWords(one, names)} ${link} ${sideWords(other, names)}`);
}

/** "a little", "quite", "very much": what a weight of 1 to 10 means. */
export function weightWords(weight: number): string {
  if (weight <= 2) return 'a little';
  if (weight <= 4) return 'somewhat';
  if (weight <= 6) return 'clearly';
  if (weight <= 8) return 'strongly';
  return 'above almost everything';
}
