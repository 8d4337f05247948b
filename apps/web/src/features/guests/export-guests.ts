import { saveFile } from '../../lib/save-file.ts';
import { notifyFailure } from '../../lib/failure-view.tsx';
import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/** Saves the guest list, or the given guests, as a CSV file that can be imported again. */
export async function downloadGuests(weddingId: string, guestIds?: readonly string[]) {
  try {
    const file = await queryClient.fetchQuery({
      ...trpc.guests.export.queryOptions({ weddingId, guestIds: guestIds && [...guestIds] }),
      staleTime: 0,
    });
    saveFile(file.fileName, file.content, 'text/csv;charset=utf-8');
  } catch (error) {
    notifyFailure('The list could not be exported', error);
  }
}
