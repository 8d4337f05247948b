import { useMutation, useQuery } from '@tanstack/react-query';
import type { CreateRelationship, SeatingRelationship } from '@wedsync/contracts/seating-rules';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { notifyUndo } from '@wedsync/ui/toast';
import { useMemo } from 'react';
import { queryClient } from '../../../lib/query-client.ts';
import { trpc, trpcClient } from '../../../lib/trpc.ts';
import { guestName } from '../../guests/words.ts';
import { householdLine } from '../lists/guest-lines.ts';
import { useSeating } from '../plan-store.ts';
import { type ReadRule, readRules } from './rule-members.ts';
import { type RuleNames, ruleSentence } from './rule-words.ts';

const noRules: readonly SeatingRelationship[] = [];

/** Marks the rules, and what follows from them, as stale. */
export function rulesChanged(): void {
  void queryClient.invalidateQueries(trpc.seating.listRelationships.pathFilter());
  void queryClient.invalidateQueries(trpc.seating.check.pathFilter());
  void queryClient.invalidateQueries(trpc.seating.explainSeat.pathFilter());
}

/** The rules that hold at the open event. */
export function useRules() {
  const { weddingId, eventId } = useSeating();
  const query = useQuery(trpc.seating.listRelationships.queryOptions({ weddingId, eventId }));
  return { rules: query.data ?? noRules, ...query };
}

/** The same with the people they speak of, for checking places before anybody is put there. */
export function useReadRules(): readonly ReadRule[] {
  const { plan } = useSeating();
  const { rules } = useRules();
  return useMemo(() => readRules(rules, plan.guests), [rules, plan.guests]);
}

/** Names of whom rules speak of; people who are not invited to the event have none here. */
export function useRuleNames(): RuleNames {
  const { weddingId, plan, index } = useSeating();
  const tags = useQuery(trpc.guests.listTags.queryOptions({ weddingId })).data;
  return useMemo(() => {
    const households = new Map(
      plan.guests.map(({ householdId, householdName }) => [String(householdId), householdName]),
    );
    const guests = new Map([...index.guests].map(([id, guest]) => [String(id), guestName(guest)]));
    const tagNames = new Map(tags?.map(({ id, name }) => [String(id), name]));
    return {
      guest: (id) => guests.get(id) ?? 'a guest who is not invited here',
      household: (id) => {
        const name = households.get(id);
        return name === undefined ? 'household that is not invited here' : householdLine(name);
      },
      tag: (id) => tagNames.get(id) ?? '…',
    };
  }, [plan.guests, index.guests, tags]);
}

/** Making, changing and removing rules; what is removed can be brought back. */
export function useRuleActions() {
  const { weddingId } = useSeating();
  const names = useRuleNames();
  const create = useMutation(
    trpc.seating.createRelationship.mutationOptions({ onSuccess: rulesChanged }),
  );
  const update = useMutation(
    trpc.seating.updateRelationship.mutationOptions({ onSettled: rulesChanged }),
  );
  const bringBack = async (rules: readonly SeatingRelationship[]) => {
    try {
      for (const { eventId, kind, one, other, weight, note } of rules) {
        const input: CreateRelationship = { eventId, kind, one, other, weight, note };
        await trpcClient.seating.createRelationship.mutate({ weddingId, ...input });
      }
    } catch (error) {
      notifyFailure('Not everything was brought back', error);
    }
    rulesChanged();
  };
  const remove = useMutation(
    trpc.seating.removeRelationships.mutationOptions({
      onError: (error) => notifyFailure('The rule was not removed', error),
      onSettled: rulesChanged,
    }),
  );
  const removeAll = (rules: readonly SeatingRelationship[]) =>
    remove.mutate(
      { weddingId, relationshipIds: rules.map(({ id }) => id) },
      {
        onSuccess: () => {
          const [first] = rules;
          const title = first && rules.length === 1 ? ruleSentence(first, names) : null;
          notifyUndo(
            title ? `Removed: ${title}` : `${rules.length} rules removed`,
            () => void bringBack(rules),
          );
        },
      },
    );
  return { create, update, removeAll, isRemoving: remove.isPending };
}
