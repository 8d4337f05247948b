import type { Answer } from '@wedsync/contracts/guest-fields';
import { notify, notifyUndo } from '@wedsync/ui/toast';
import { plural } from '../../lib/format.ts';
import { trpcClient } from '../../lib/trpc.ts';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { rowsOf, useBulkChange } from './bulk-changes.ts';

interface Recording {
  guestIds: readonly string[];
  event: WeddingEvent;
  answer: Answer | null;
}

const refusal = 'The answers were not written down';

/** Writes down what guests answered in person or by phone; the list shows it at once. */
export function useRecordAnswers(weddingId: string) {
  const bulk = useBulkChange();

  const write = ({ guestIds, event, answer }: Recording, done: () => void) =>
    bulk.start({
      guestIds,
      show: (row) => ({ ...row, answers: { ...row.answers, [event.id]: answer } }),
      send: () =>
        trpcClient.guests.recordAnswers.mutate({
          weddingId,
          eventId: event.id,
          answer,
          guests: guestIds.map((guestId) => ({ guestId })),
        }),
      done,
      refusal,
    });

  /** Guests who are not invited to the event are left out, and said so. */
  return ({ guestIds, event, answer }: Recording) => {
    const before = new Map<Answer | null, string[]>();
    for (const row of rowsOf(guestIds)) {
      const old = row.answers[event.id];
      if (old !== undefined) before.set(old, [...(before.get(old) ?? []), row.id]);
    }
    const invited = [...before.values()].flat();
    const left = guestIds.length - invited.length;
    if (invited.length === 0) {
      notify({ tone: 'news', title: `Nobody of them is invited to ${event.name}` });
      return;
    }
    const undo = () => {
      for (const [old, ids] of before) write({ guestIds: ids, event, answer: old }, () => {});
    };
    write({ guestIds: invited, event, answer }, () => {
      notifyUndo(`Answer of ${plural(invited.length, 'guest')} written down`, undo);
      if (left > 0) {
        notify({
          tone: 'news',
          title: `${plural(left, 'guest')} not invited to ${event.name}`,
          detail: 'They stay without an answer. Invite them first.',
        });
      }
    });
  };
}
