import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MessageId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { nodeFlags } from '@wedsync/platform/node-flags';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { type LeanSmtpSink, startLeanSmtpSink } from '@wedsync/testing/lean-smtp-sink';
import { ledgerOf, linkSecret, type Place } from './rig.ts';
import { seedAudience } from './seed-audience.ts';
import type { WorkerOrder, WorkerReport } from './worker-process.ts';

export interface CampaignOptions {
  guests: number;
  leaseMs?: number;
  connectionsMax?: number;
  sweepEveryMs?: number;
}

/** What the ledger says, held against what arrived at the sink. */
export interface Reconciliation {
  audience: number;
  sent: number;
  inDoubt: number;
  /** In neither of these states. */
  others: number;
  /** E-mails that arrived more than once. */
  duplicates: number;
  /** Sent by the ledger, and never arrived. */
  lost: number;
  /** In doubt, and did arrive. */
  doubtedArrived: number;
  state: string;
}

/** A mailing on real parts that a test may do anything to: workers are processes of their own. */
export interface Campaign {
  /** Where its workers keep their journals. */
  journalDir: string;
  readonly place: Place;
  readonly messageId: MessageId;
  readonly sink: LeanSmtpSink;
  readonly connectionsMax: number;
  startWorker(): ChildProcess;
  /** Resolves once `count` e-mails have arrived, or `worker` has ended. */
  arrived(count: number, worker: ChildProcess): Promise<void>;
  /** Runs a worker to the end of the message. */
  finish(): Promise<WorkerReport>;
  reconcile(): Promise<Reconciliation>;
  stop(): Promise<void>;
}

const finishWithinMs = 600_000;
const defaults = { leaseMs: 12_000, connectionsMax: 10, sweepEveryMs: 1_000 } as const;
const script = fileURLToPath(new URL('worker-process.ts', import.meta.url));

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
}

/** Freezes the audience as the worker's job does, without the jobs that would start sending. */
async function expand(db: TestDatabase, { weddingId }: Place, messageId: MessageId): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`select set_config('app.wedding_id', ${weddingId}, true)`;
    await sql`select wedding.expand_message(${weddingId}, ${messageId}, 2500)`;
    await sql`update wedding.messages set state = 'sending' where id = ${messageId}`;
  });
}

async function reconcile(
  db: TestDatabase,
  sink: LeanSmtpSink,
  messageId: MessageId,
): Promise<Reconciliation> {
  const ledger = await ledgerOf(db, messageId);
  const rows = await db.admin<{ id: string; state: string }[]>`
    select id, state from wedding.deliveries where message_id = ${messageId}`;
  const [message] = await db.admin<{ state: string }[]>`
    select state from wedding.messages where id = ${messageId}`;
  const times = sink.arrived;
  const inState = (state: string) => rows.filter((row) => row.state === state);
  const sent = inState('sent');
  const inDoubt = inState('in_doubt');
  return {
    audience: ledger.audience,
    sent: sent.length,
    inDoubt: inDoubt.length,
    others: rows.length - sent.length - inDoubt.length,
    duplicates: [...times.values()].filter((count) => count > 1).length,
    lost: sent.filter(({ id }) => !times.has(id)).length,
    doubtedArrived: inDoubt.filter(({ id }) => times.has(id)).length,
    state: message?.state ?? '',
  };
}

/** Seeds a mailing to `guests` guests and a sink that keeps count; nothing is sent yet. */
export async function prepareCampaign(
  db: TestDatabase,
  options: CampaignOptions,
): Promise<Campaign> {
  const { guests, ...chosen } = options;
  const { leaseMs, connectionsMax, sweepEveryMs } = { ...defaults, ...chosen };
  const sink = await startLeanSmtpSink();
  const journalDir = mkdtempSync(join(tmpdir(), 'wedsync-campaign-'));
  const place = await seedAudience(db.admin, guests);
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await expand(db, place, messageId);
  const order: WorkerOrder = {
    ...place,
    messageId,
    databaseUrl: db.url('worker'),
    smtpUrl: sink.url,
    journalDir,
    leaseMs,
    linkSecret,
    connectionsMax,
    sweepEveryMs,
  };
  const workers = new Set<ChildProcess>();
  const startWorker = () => {
    const worker = spawn(process.execPath, [...nodeFlags.worker, script, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.add(worker);
    worker.once('exit', () => workers.delete(worker));
    return worker;
  };
  return {
    journalDir,
    place,
    messageId,
    sink,
    connectionsMax,
    startWorker,
    async arrived(count, worker) {
      while (sink.times.length < count && worker.exitCode === null) await wait(1);
    },
    async finish() {
      const worker = startWorker();
      let text = '';
      worker.stdout?.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      // A test that waits for ever says nothing.
      const limit = setTimeout(() => worker.kill('SIGKILL'), finishWithinMs);
      await ended(worker);
      clearTimeout(limit);
      return JSON.parse(text || '{"cpuMs":0,"rssMbMax":0}') as WorkerReport;
    },
    reconcile: () => reconcile(db, sink, messageId),
    async stop() {
      for (const worker of workers) worker.kill('SIGKILL');
      await Promise.all([...workers].map(ended));
      await sink.stop();
    },
  };
}

/** One kill: when, and how long it took until the killed process's deliveries were settled. */
export interface Kill {
  atArrivals: number;
  recoveryMs: number;
}

/** How long from now until nothing of the claims so far is held any more. */
async function recovery(db: TestDatabase, messageId: MessageId): Promise<number> {
  const killedAt = performance.now();
  const [mark] = await db.admin<{ epoch: string }[]>`
    select coalesce(max(lease_epoch), 0)::text as epoch from wedding.deliveries
    where message_id = ${messageId}`;
  for (;;) {
    const [row] = await db.admin<{ held: boolean }[]>`
      select exists (select from wedding.deliveries where message_id = ${messageId}
        and state = 'claimed' and lease_epoch <= ${mark?.epoch ?? 0}) as held`;
    if (!row?.held) return performance.now() - killedAt;
    await wait(200);
  }
}

/**
 * Kills the worker (SIGKILL) at random points of a mailing and starts another one each time, until the
 * mailing is over or was killed `kills` times; then lets it end.
 * @param random 0..1, for the points
 */
export async function killRepeatedly(
  db: TestDatabase,
  campaign: Campaign,
  { kills, random = Math.random }: { kills: number; random?: () => number },
): Promise<Kill[]> {
  const { sink, messageId } = campaign;
  const { audience } = await ledgerOf(db, messageId);
  const recoveries: Promise<Kill>[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const worker = campaign.startWorker();
    const point = Math.floor(((kill + random()) * audience) / (kills + 1));
    await campaign.arrived(Math.max(point, sink.times.length + 1), worker);
    if (!worker.kill('SIGKILL')) break;
    await ended(worker);
    const atArrivals = sink.times.length;
    recoveries.push(recovery(db, messageId).then((recoveryMs) => ({ atArrivals, recoveryMs })));
  }
  await campaign.finish();
  return Promise.all(recoveries);
}
