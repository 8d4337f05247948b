import { useMutation } from '@tanstack/react-query';
import type { Tag } from '@wedsync/contracts/guests';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { notify, notifyUndo } from '@wedsync/ui/toast';
import { plural } from '../../lib/format.ts';
import { trpc, trpcClient } from '../../lib/trpc.ts';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { useBulkChange } from './bulk-changes.ts';
import { guestsChanged } from './guests-changed.ts';

interface Selection {
  weddingId: string;
  guestIds: string[];
  onClear: () => void;
}

const refusal = 'Nothing was changed';

/** What can be done with the selected guests: each is seen at once and can be undone. */
export function useBulkActions({ weddingId, guestIds, onClear }: Selection) {
  const bulk = useBulkChange();
  const undoing = { onSuccess: guestsChanged, onError: onUndoFailed };
  const uninvite = useMutation(trpc.guests.uninvite.mutationOptions(undoing));
  const tag = useMutation(trpc.guests.tag.mutationOptions(undoing));
  const restore = useMutation(trpc.guests.restore.mutationOptions(undoing));

  const inviteTo = (event: WeddingEvent) =>
    bulk.start({
      guestIds,
      show: (row) => ({
        ...row,
        answers: { ...row.answers, [event.id]: row.answers[event.id] ?? null },
      }),
      send: () => trpcClient.guests.invite.mutate({ weddingId, eventId: event.id, guestIds }),
      done: ({ invited }) => {
        if (invited === 0) {
          notify({ tone: 'news', title: `All of them were invited to ${event.name} already` });
        } else {
          notifyUndo(`${plural(invited, 'guest')} invited to ${event.name}`, () =>
            uninvite.mutate({ weddingId, eventId: event.id, guestIds }),
          );
        }
      },
      refusal,
    });

  const addTag = (chosen: Tag) =>
    bulk.start({
      guestIds,
      show: (row) => ({ ...row, tagIds: [...new Set([...row.tagIds, chosen.id])] }),
      send: () => trpcClient.guests.tag.mutate({ weddingId, guestIds, add: [chosen.id] }),
      done: ({ changed }) =>
        notifyUndo(`${plural(changed, 'guest')} tagged “${chosen.name}”`, () =>
          tag.mutate({ weddingId, guestIds, remove: [chosen.id] }),
        ),
      refusal,
    });

  const removeAll = () =>
    bulk.start({
      guestIds,
      show: () => null,
      send: () => trpcClient.guests.remove.mutate({ weddingId, guestIds }),
      done: ({ removalId, removed }) => {
        onClear();
        notifyUndo(`${plural(removed, 'guest')} removed`, () =>
          restore.mutate({ weddingId, removalId }),
        );
      },
      refusal,
    });

  return { inviteTo, addTag, removeAll };
}

function onUndoFailed(error: unknown) {
  notifyFailure('This was not undone', error);
}
