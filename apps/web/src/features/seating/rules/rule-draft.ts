import type {
  RelationshipKind,
  RelationshipSide,
  SeatingRelationship,
} from '@wedsync/contracts/seating-rules';
import { useState } from 'react';

/** A rule while it is being made. */
export interface RuleDraft {
  one: RelationshipSide | null;
  other: RelationshipSide | null;
  kind: RelationshipKind;
  weight: number;
  note: string;
  isEverywhere: boolean;
}

const emptyDraft: RuleDraft = {
  one: null,
  other: null,
  kind: 'prefer',
  weight: 5,
  note: '',
  isEverywhere: false,
};

/** What the form holds; a rule that exists fills it once. */
export function useRuleDraft(rule: SeatingRelationship | null, start?: Partial<RuleDraft>) {
  const [draft, setDraft] = useState<RuleDraft>(() => {
    if (!rule) return { ...emptyDraft, ...start };
    const { one, other, kind, weight, note, eventId } = rule;
    return { one, other, kind, weight, note, isEverywhere: eventId === null };
  });
  const change = (patch: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...patch }));
  return { draft, change };
}
