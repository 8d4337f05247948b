import { removeExpiredData, rotateDataKeys } from '@wedsync/contracts/privacy';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import {
  historyValuesKeptDays,
  inboundTextsKeptDays,
  keptMonthsDefault,
} from './model/retention.ts';
import { rotateDataKey } from './rotate-data-keys.ts';

type Job = JobContext<ServiceContext>;

/** Weddings, and rows, per transaction, so that nothing is held locked for long. */
const weddingsMax = 20;
const rowsMax = 5_000;

const rotate = defineHandler(rotateDataKeys, async (job: Job, { weddingId }) => {
  const { keyRing } = job.service({ actorKind: 'system', weddingId });
  await rotateDataKey({ db: job.db, keyRing, log: job.log, signal: job.signal }, weddingId);
});

type Expired = { weddings: number; guests: number };
type ExpiredHistory = { audit_values: number; inbound_texts: number };

async function removeContacts({ serviceDb, signal, log }: Job): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const [erased] = await serviceDb.run('maintenance.run', (tx) =>
      tx.execute<Expired>(sql`
        select * from wedding.remove_expired_contacts(${keptMonthsDefault}, ${weddingsMax})`),
    );
    if (erased && erased.weddings > 0) log.info({ event: 'privacy.contacts_removed', ...erased });
    if (!erased || erased.weddings < weddingsMax) return;
  }
}

async function removeHistory({ serviceDb, signal, log }: Job): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const [erased] = await serviceDb.run('maintenance.run', (tx) =>
      tx.execute<ExpiredHistory>(sql`
        select * from wedding.remove_expired_history(
          make_interval(days => ${historyValuesKeptDays}),
          make_interval(days => ${inboundTextsKeptDays}), ${rowsMax})`),
    );
    const most = erased ? Math.max(erased.audit_values, erased.inbound_texts) : 0;
    if (most > 0) log.info({ event: 'privacy.history_removed', ...erased });
    if (most < rowsMax) return;
  }
}

const removeExpired = defineHandler(removeExpiredData, async (job: Job) => {
  await removeContacts(job);
  await removeHistory(job);
});

/** The handlers of this room's jobs. */
export const privacyJobs = [rotate, removeExpired] as const;
