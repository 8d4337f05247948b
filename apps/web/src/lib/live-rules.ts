import type { QueryFilters } from '@tanstack/react-query';
import type { Change } from '@wedsync/contracts/weddings';
import { trpc } from './trpc.ts';

type Rule = (weddingId: string, change: Change) => QueryFilters[];

const guestLists: Rule = (weddingId) => [
  trpc.guests.list.pathFilter(),
  trpc.guests.search.pathFilter(),
  trpc.guests.summary.queryFilter({ weddingId }),
  trpc.communications.checkAudience.pathFilter(),
];

const oneGuest: Rule = (weddingId, { entityId }) => [
  ...(entityId
    ? [trpc.guests.get.queryFilter({ weddingId, guestId: entityId })]
    : [trpc.guests.get.pathFilter(), trpc.guests.listImports.pathFilter()]),
  trpc.guests.history.pathFilter(),
  trpc.weddings.listAudit.pathFilter(),
];

const messages: Rule = (weddingId, { entityId }) => [
  trpc.communications.listMessages.pathFilter(),
  ...(entityId ? [trpc.communications.getMessage.queryFilter({ weddingId, id: entityId })] : []),
];

/** Who is invited, what they answered and eat: the plan of a seating is read again with them. */
const seatingGuests: Rule = () => [trpc.seating.getPlan.pathFilter()];

/** The plan itself follows its own changes one by one; what is computed from it is read again. */
const aroundSeating: Rule = () => {
  const [path] = trpc.seating.getPlan.pathKey();
  const isPlan = (key: readonly unknown[]) => JSON.stringify(key[0]) === JSON.stringify(path);
  return [{ ...trpc.seating.pathFilter(), predicate: ({ queryKey }) => !isPlan(queryKey) }];
};

const both =
  (...rules: Rule[]): Rule =>
  (weddingId, change) =>
    rules.flatMap((rule) => rule(weddingId, change));

/** What a change of each kind of thing makes stale. A new room adds its lines here. */
const rules: Record<string, Rule> = {
  guest: both(guestLists, oneGuest, seatingGuests),
  invitation: both(guestLists, oneGuest, seatingGuests),
  seating: aroundSeating,
  'seating-publication': () => [trpc.seating.getSeatPublication.pathFilter()],
  household: both(guestLists, seatingGuests, () => [trpc.guests.getHousehold.pathFilter()]),
  tag: both(guestLists, () => [trpc.guests.listTags.pathFilter()]),
  question: () => [trpc.guests.listQuestions.pathFilter()],
  event: both(guestLists, (weddingId) => [trpc.weddings.get.queryFilter({ weddingId })]),
  wedding: (weddingId) => [
    trpc.weddings.get.queryFilter({ weddingId }),
    trpc.weddings.list.pathFilter(),
  ],
  member: () => [trpc.weddings.listMembers.pathFilter()],
  member_invitation: () => [trpc.weddings.listMembers.pathFilter()],
  message: messages,
  delivery: both(messages, () => [
    trpc.communications.listDeliveries.pathFilter(),
    trpc.communications.getGuestTimeline.pathFilter(),
  ]),
  message_template: () => [
    trpc.communications.listTemplates.pathFilter(),
    trpc.communications.getTemplate.pathFilter(),
    trpc.communications.listTemplateVersions.pathFilter(),
  ],
  reminder_rule: () => [trpc.communications.listReminderRules.pathFilter()],
  suppression: () => [
    trpc.communications.listSuppressions.pathFilter(),
    trpc.communications.checkAudience.pathFilter(),
    trpc.privacy.getComplianceSummary.pathFilter(),
  ],
  consent: () => [
    trpc.privacy.listConsents.pathFilter(),
    trpc.privacy.getComplianceSummary.pathFilter(),
    trpc.communications.checkAudience.pathFilter(),
  ],
  inbound_text: () => [trpc.communications.listInboundTexts.pathFilter()],
  // The feed starts over, as after a restored backup: nothing that was fetched can be trusted.
  '*': () => [{ predicate: () => true }],
};

/** The queries that a burst of changes makes stale, each once. */
export function staleAfter(changes: readonly Change[], weddingId: string): QueryFilters[] {
  const filters = new Map<string, QueryFilters>();
  for (const change of changes) {
    for (const filter of rules[change.entity]?.(weddingId, change) ?? []) {
      filters.set(JSON.stringify(filter.queryKey ?? 'all'), filter);
    }
  }
  return [...filters.values()];
}
