import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FoundGuest } from '@wedsync/contracts/seating';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { useMemo, useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { noFilter, type QueueFilter, queueGroups } from './queue-groups.ts';

const noneFound: readonly FoundGuest[] = [];
const typingMs = 180;

/** What the server finds for a name: accents and typos are forgiven, seated guests come along. */
export function useFoundGuests(text: string): readonly FoundGuest[] {
  const { weddingId, eventId } = useSeating();
  const settled = useDebounced(text.trim(), typingMs);
  const isAsked = settled.length >= 2;
  const query = useQuery({
    ...trpc.seating.searchGuests.queryOptions({ weddingId, eventId, text: settled, limit: 20 }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  return isAsked && text.trim() !== '' ? (query.data ?? noneFound) : noneFound;
}

/** Guests without a seat as they are searched and narrowed. What is typed shows at once. */
export function useQueue() {
  const { index } = useSeating();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<QueueFilter>(noFilter);
  const found = useFoundGuests(text);
  const groups = useMemo(
    () =>
      queueGroups(index.unseated, {
        text,
        filter,
        foundIds: new Set(found.map(({ guestId }) => guestId)),
      }),
    [index.unseated, text, filter, found],
  );
  const seated = useMemo(
    () => found.filter(({ guestId }) => index.assignments.has(guestId)).slice(0, 5),
    [found, index.assignments],
  );
  return { text, setText, filter, setFilter, groups, seated };
}
