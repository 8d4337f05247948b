import { undoKeptDays } from '@wedsync/contracts/guest-imports';
import { removeExpiredGuestData } from '@wedsync/contracts/guests';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

/** Rows of each kind per transaction, so that nothing is held locked for long. */
const rowsMax = 1_000;

type Erased = { guests: number; households: number; import_changes: number };

const removeExpired = defineHandler(
  removeExpiredGuestData,
  async ({ serviceDb, signal, log }: JobContext<ServiceContext>) => {
    for (;;) {
      signal.throwIfAborted();
      const [erased] = await serviceDb.run('maintenance.run', (tx) =>
        tx.execute<Erased>(sql`
          select * from wedding.remove_expired_guest_data(
            make_interval(days => ${undoKeptDays}), ${rowsMax})`),
      );
      const most = erased ? Math.max(...Object.values(erased)) : 0;
      if (most > 0) log.info({ event: 'guests.expired_removed', ...erased });
      if (most < rowsMax) return;
    }
  },
);

/** The handlers of this room's jobs. */
export const guestsJobs = [removeExpired] as const;
