import { setTimeout as wait } from 'node:timers/promises';
import type { MessageId } from '@wedsync/contracts/ids';
import { createServiceDb, createTenantDb } from '@wedsync/db/client';
import { systemContext } from '@wedsync/testing/contexts';
import { openFileJournal } from '../adapters/file-journal.ts';
import { createSmtpTransport } from '../adapters/smtp/transport.ts';
import { dueShards } from '../enqueue-shards.ts';
import { requireMessage } from '../rows.ts';
import { sendShard } from '../send-shard.ts';
import { sweepDeliveries } from '../sweep-deliveries.ts';
import type { Place } from './rig.ts';

/** Where a worker for tests that kill one finds its work. */
export interface WorkerOrder extends Place {
  databaseUrl: string;
  messageId: MessageId;
  smtpUrl: string;
  journalDir: string;
  leaseMs: number;
  linkSecret: string;
  connectionsMax: number;
  sweepEveryMs: number;
}

/** What it reports on stdout when it is done. */
export interface WorkerReport {
  cpuMs: number;
  rssMbMax: number;
}

const shardsAtOnce = 4;

/**
 * A process that sends one message until it is sent, and sweeps as the worker does; without a queue,
 * so that whatever a test kills, only the ledger brings the work back.
 */
const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder;
const { databaseUrl: url, journalDir, smtpUrl, messageId, weddingId } = order;
const db = createTenantDb({ url, max: 10, applicationName: 'test-worker' });
const serviceDb = createServiceDb({ url, max: 2, applicationName: 'test-worker' });
const ctx = systemContext(db, order);
const deps = {
  ...order,
  transport: createSmtpTransport({ url: smtpUrl, connectionsMax: order.connectionsMax }),
  journal: openFileJournal(journalDir),
  publicUrl: 'https://example.com',
  mailFrom: 'no-reply@mail.example.com',
};

let rssMbMax = 0;
setInterval(() => {
  rssMbMax = Math.max(rssMbMax, process.memoryUsage.rss() / 1_048_576);
}, 100).unref();

async function round(): Promise<void> {
  const due = await db.read(ctx.claims, (tx) =>
    dueShards(tx, { weddingId, messageId, isIdle: false }),
  );
  const lanes = Array.from({ length: shardsAtOnce }, async () => {
    for (let shard = due.shift(); shard; shard = due.shift()) {
      await sendShard(ctx, { weddingId, messageId, ...shard }, deps);
    }
  });
  await Promise.all(lanes);
}

/** Beside the sending, as in the worker: what an earlier process left must not wait for its end. */
async function sweepOn(): Promise<never> {
  for (;;) {
    await sweepDeliveries({ serviceDb, service: () => ctx, log: ctx.log }, deps).catch(() => {});
    await wait(order.sweepEveryMs);
  }
}

async function isOpen(): Promise<boolean> {
  const message = await db.read(ctx.claims, (tx) => requireMessage(tx, ctx, messageId));
  return message.state === 'sending';
}

/** The database may be away for a moment: then the next round does what this one could not. */
async function sendOn(): Promise<void> {
  for (;;) {
    await round().catch(() => {});
    if (!(await isOpen().catch(() => true))) return;
    await wait(order.sweepEveryMs);
  }
}

await Promise.race([sendOn(), sweepOn()]);
const { user, system } = process.cpuUsage();
const report: WorkerReport = { cpuMs: (user + system) / 1_000, rssMbMax };
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);
