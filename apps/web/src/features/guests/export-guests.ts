import { notifyFailure } from '@wedsync/ui/failure-view';
import { saveFile } from '@wedsync/ui/save-file';
import { trpcClient } from '../../lib/trpc.ts';

/** Saves the guest list, or the given guests, as a CSV file that can be imported again. */
export async function downloadGuests(weddingId: string, guestIds?: readonly string[]) {
  try {
    const file = await trpcClient.guests.export.mutate({
      weddingId,
      guestIds: guestIds && [...guestIds],
    });
    saveFile(file.fileName, file.content, 'text/csv;charset=utf-8');
  } catch (error) {
    notifyFailure('The list could not be exported', error);
  }
}
