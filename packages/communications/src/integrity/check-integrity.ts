import {
  type IntegrityCheckName,
  integrityChecks,
} from '@wedsync/contracts/communications-integrity';
import { newUuid } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { type Break, findLedgerBreaks, findRuleBreaks, findWordingBreaks } from './find-breaks.ts';
import { findQuietBreaks } from './find-quiet-breaks.ts';
import {
  fingerprintOf,
  isTruncated,
  recordFindings,
  resultsOf,
  type Seen,
} from './record-findings.ts';
import { repairBreaks } from './repair-breaks.ts';

type Job = Pick<JobContext<ServiceContext>, 'serviceDb' | 'service' | 'log'>;

const allChecks = Object.keys(integrityChecks) as IntegrityCheckName[];

async function look(job: Job, days: number): Promise<Break[]> {
  const { serviceDb } = job;
  const run = (find: (tx: Tx) => Promise<Break[]>) =>
    serviceDb.run('feedback.maintain', async (tx) => {
      // Ten million deliveries take minutes; what else the worker does must not.
      await tx.execute(sql`set local statement_timeout = '10min'`);
      return find(tx);
    });
  return [
    ...(await run((tx) => findLedgerBreaks(tx, days))),
    ...(await run((tx) => findRuleBreaks(tx, days))),
    ...(await run(findWordingBreaks)),
    ...(await findQuietBreaks(job, days)),
  ];
}

/** What is there after the repair, and what the repair has mended. */
async function lookAndRepair(job: Job, days: number): Promise<Seen> {
  const before = await look(job, days);
  const tried = await repairBreaks(job, before);
  const open = tried > 0 ? await look(job, days) : before;
  const left = new Set(open.map(fingerprintOf));
  return {
    open,
    repaired: before.filter((found) => !left.has(fingerprintOf(found))),
    checked: allChecks.filter((name) => !isTruncated(before, name)),
    days,
  };
}

/**
 * Compares the ledger with itself, with its counts and with what guests wished, over all weddings;
 * repairs what is derived, and writes down the rest. Running it again adds nothing.
 */
export async function checkIntegrity(job: Job, { days }: { days: number }): Promise<Seen> {
  const id = newUuid();
  await job.serviceDb.run('feedback.maintain', (tx) =>
    tx.execute(sql`insert into ops.integrity_runs (id, days) values (${id}, ${days})`),
  );
  const seen = await lookAndRepair(job, days);
  const results = resultsOf(seen);
  await job.serviceDb.run('feedback.maintain', async (tx) => {
    await recordFindings(tx, seen);
    await tx.execute(sql`
      update ops.integrity_runs set finished_at = clock_timestamp(), checks = ${jsonParameter(results)}
      where id = ${id}`);
  });
  const report = {
    event: 'communications.integrity',
    days,
    checks: results.filter(({ found }) => found > 0),
  };
  if (seen.open.some(({ severity }) => severity === 'error')) {
    job.log.error(report, 'the ledger or a rule is broken');
  } else job.log.info(report, 'the ledger agrees with itself');
  return seen;
}
