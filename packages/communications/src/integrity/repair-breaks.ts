import type { IntegrityCheckName } from '@wedsync/contracts/communications-integrity';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { Break } from './find-breaks.ts';

type Job = Pick<JobContext<ServiceContext>, 'serviceDb' | 'service'>;
type Repair = (job: Job, found: Break) => Promise<void>;

/**
 * What is safe to do without a person: derived rows follow the ledger, a message that has nothing
 * left ends. The ledger itself says what happened and is never rewritten.
 */
const repairs: Partial<Record<IntegrityCheckName, Repair>> = {
  'ledger.counts': async ({ serviceDb }, { wedding_id, message_id }) => {
    await serviceDb.run('feedback.maintain', (tx) =>
      tx.execute(sql`select ops.recount_deliveries(${wedding_id}::uuid, ${message_id}::uuid)`),
    );
  },
  'ledger.orphan_events': async ({ serviceDb }, { wedding_id, message_id }) => {
    await serviceDb.run('feedback.maintain', (tx) =>
      tx.execute(sql`select ops.remove_orphan_events(${wedding_id}::uuid, ${message_id}::uuid)`),
    );
  },
  'ledger.unfinished': async ({ service }, { wedding_id, message_id }) => {
    if (!wedding_id) return;
    const ctx = service({ actorKind: 'system', weddingId: wedding_id });
    await ctx.db.write(ctx.claims, (tx) =>
      tx.execute(sql`select wedding.finish_message(${wedding_id}::uuid, ${message_id}::uuid)`),
    );
  },
};

/** Repairs what can be; whether it helped, the next look tells. */
export async function repairBreaks(job: Job, breaks: readonly Break[]): Promise<number> {
  let tried = 0;
  for (const found of breaks) {
    const repair = repairs[found.check_name];
    if (!repair) continue;
    await repair(job, found);
    tried++;
  }
  return tried;
}
